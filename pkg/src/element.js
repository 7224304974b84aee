/** Returns a promise of the loaded wasm module; called again after a failure. */
let load = () => Promise.reject(new Error('no wasm module provided'));

/** Says how the wasm module is loaded. */
export function provide(loader) {
  load = loader;
}

/** The element `<efecty-checkout>`. */
export class EfectyCheckoutElement extends (globalThis.HTMLElement ?? class {}) {
  /** Loads the wasm module; what stands inside the element is shown until then. */
  async connectedCallback() {
    await load();
  }
}
