// Registers `<efecty-checkout>`; it works once `init` has succeeded.
export * from './element.js';

/**
 * Loads the wasm module `efecty-checkout/checkout.wasm` from where the page hosts it.
 *
 * After a failure it may be called again.
 */
export function init(
  source: string | URL | Request | BufferSource | WebAssembly.Module | Response | PromiseLike<Response>,
): Promise<void>;
