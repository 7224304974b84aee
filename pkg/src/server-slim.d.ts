export type * from './contract.js';
export type * from './gateway.js';
export type * from './payer.js';
export * from './server.gen.js';
export type * from './voucher.js';

/**
 * Loads the wasm module `efecty-checkout/server.wasm`; the functions may be called once it has succeeded.
 *
 * For runtimes that do not compile wasm from bytes, such as edge workers. After a failure it may be
 * called again.
 */
export function init(source: BufferSource | WebAssembly.Module): Promise<void>;
