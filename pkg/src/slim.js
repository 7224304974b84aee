// Registers <efecty-checkout>; the page brings the wasm module.
import load, * as glue from 'efecty:glue/checkout';

import { define } from './define.js';
import { provide } from './instance.js';

let loaded;
const ready = new Promise(resolve => (loaded = resolve));

provide(() => ready);
define();

export async function init(source) {
  await load({ module_or_path: source });
  loaded(glue);
}

export { EfectyCheckoutElement } from './element.js';
export * from './events.js';
