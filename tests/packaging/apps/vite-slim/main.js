import wasm from 'efecty-checkout/checkout.wasm?url';
import { init } from 'efecty-checkout/slim';

await customElements.whenDefined('efecty-checkout');
await init(new Uint8Array()).then(
  () => Promise.reject(new Error('a module was loaded from nowhere')),
  () => {},
);
await init(wasm);
document.title = 'done';
