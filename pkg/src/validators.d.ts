export type * from './payer.js';
export * from './validators.gen.js';

/** Fulfilled when the functions may be called; rejected where the wasm module could not be loaded. */
export let ready: Promise<void>;

/** Loads the wasm module again after a failure, and replaces `ready`. */
export function init(): Promise<void>;
