// Ready at import.
export * from './server.gen.js';
