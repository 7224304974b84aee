/** The element `<efecty-checkout>`. */
export class EfectyCheckoutElement extends HTMLElement {}

declare global {
  interface HTMLElementTagNameMap {
    'efecty-checkout': EfectyCheckoutElement;
  }
}
