// Registers `<efecty-checkout>`.
export * from './element.js';
