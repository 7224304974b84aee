// Ready at import.
export type * from './contract.js';
export type * from './gateway.js';
export type * from './payer.js';
export * from './server.gen.js';
export type * from './voucher.js';
