import { EfectyCheckoutElement } from './element.js';

/** Registers the element, unless there is no DOM or the page has registered it. */
export function define() {
  const registry = globalThis.customElements;
  if (registry && !registry.get('efecty-checkout')) registry.define('efecty-checkout', EfectyCheckoutElement);
}
