// The element with the wasm module inside, not registered.
import init, * as glue from 'efecty:glue/checkout';
import wasm from 'efecty:wasm/checkout';

import { provide } from './instance.js';

provide(async () => {
  await init({ module_or_path: wasm() });
  return glue;
});

export { EfectyCheckoutElement } from './element.js';
export * from './events.js';
