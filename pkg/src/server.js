// Validators and gateways, ready at import.
import { initSync } from 'efecty:glue/server';
import wasm from 'efecty:wasm/server';

initSync({ module: wasm() });

export * from 'efecty:exports/server';
