// Registers <efecty-checkout>, with the wasm module inside.
import { define } from './define.js';

define();

export * from './inlined.js';
