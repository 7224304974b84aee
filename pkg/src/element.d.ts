import type { EfectyEventMap } from './events.js';
import type { Strings } from './strings.js';
import type { Voucher } from './voucher.js';

export * from './events.js';
export type * from './strings.js';
export type * from './voucher.js';

/** What a page may know about the payer already; every member is checked as if it had been typed. */
export interface PayerPrefill {
  document?: {
    /** `CC`, `CE`, `NIT`, … */
    type?: string;
    number?: string;
    /** The check digit of a NIT, where it stands apart. */
    checkDigit?: string;
  };
  name?: string;
  email?: string;
  phone?: string;
}

/** What is asked of the payer; what is absent has its default. */
export interface PayerRequirements {
  documents?: {
    type: string;
    minLength?: number;
    maxLength?: number;
    label?: { es: string; en: string };
    charset?: 'digits' | 'alphanumeric';
  }[];
  name?: { required?: boolean; maxLength?: number; charset?: 'latin' | 'ascii' };
  email?: { required?: boolean; maxLength?: number };
  phone?: { required?: boolean; kinds?: ('mobile' | 'landline')[]; foreign?: boolean };
  /** In whole pesos. */
  amount?: { min?: number; max?: number };
}

/** The element `<efecty-checkout>`: from the payer's form to the voucher, and on to "paid". */
export class EfectyCheckoutElement extends HTMLElement {
  /** Base URL of the merchant's backend, relative to the document. Attribute `endpoint`. */
  endpoint: string | null;
  /** The order to pay: the element starts with the payer's form. Attribute `order-id`. */
  orderId: string | null;
  /** The shop's signed permission, where there is no session cookie. Attribute `order-token`. */
  orderToken: string | null;
  /** An existing voucher to start from: a return visit, a link in an e-mail. Attribute `token`. */
  token: string | null;
  /** The colours; `auto`, the default, follows the device. Attribute `theme`. */
  theme: 'light' | 'dark' | 'auto' | null;
  /** As in `fetch`; the default is `same-origin`. Attribute `credentials`. */
  credentials: RequestCredentials | null;
  /** In place of `fetch`: for headers against CSRF, or for authorization. It returns a `Response`. */
  fetch: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /**
   * The voucher as last told by the server, a copy; `null` where there is none.
   *
   * Set, it is where the element starts from. What is set must be plain data.
   */
  get voucher(): Voucher | null;
  set voucher(voucher: Voucher | null | undefined);
  /** What the form begins with. Taken over when a session starts. */
  get payer(): PayerPrefill | null;
  set payer(payer: PayerPrefill | null | undefined);
  /** What is asked of the payer, in place of what the backend says. */
  get requirements(): PayerRequirements | null;
  set requirements(requirements: PayerRequirements | null | undefined);
  /** Sentences of your own in place of the widget's, by name; text, never markup. */
  get strings(): Strings | null;
  set strings(strings: Strings | null | undefined);
  /** What is on screen; where it is a voucher, `voucher.status` says more. */
  readonly state: 'loading' | 'form' | 'creating' | 'voucher' | 'failure';
  /** Asks the backend for news, now. */
  refresh(): void;
}

/** The attributes of `<efecty-checkout>`, for frameworks that check their markup. */
export interface EfectyCheckoutAttributes {
  endpoint?: string;
  'order-id'?: string;
  'order-token'?: string;
  token?: string;
  /** `es`, the default with Colombian conventions, or `en`. */
  lang?: string;
  theme?: 'light' | 'dark' | 'auto';
  credentials?: RequestCredentials;
}

/** `<efecty-checkout>` in JSX, as React 19 and later set properties and listen to events. */
export type EfectyCheckoutProps = EfectyCheckoutAttributes & {
  [Property in 'fetch' | 'voucher' | 'payer' | 'requirements' | 'strings']?: EfectyCheckoutElement[Property];
} & {
  [Type in keyof EfectyEventMap as `on${Type}`]?: (event: EfectyEventMap[Type]) => void;
} & {
  children?: any;
  className?: string;
  hidden?: boolean;
  id?: string;
  key?: string | number | bigint | null;
  ref?: any;
  slot?: string;
  style?: object;
};

// @ts-ignore: of no concern where React is not installed
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'efecty-checkout': EfectyCheckoutProps;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'efecty-checkout': EfectyCheckoutElement;
  }
}
