import type { Voucher, VoucherStatus } from './voucher.js';

/** What every event of `<efecty-checkout>` has in common: it bubbles and crosses shadow roots. */
declare class EfectyEvent extends Event {}

/** The first screen of use is there: the form, or the voucher. */
export class EfectyReadyEvent extends EfectyEvent {
  readonly type: 'efecty-ready';
}

/** The form was sent and is not valid. Nothing of what was typed is told. */
export class EfectyInvalidEvent extends EfectyEvent {
  readonly type: 'efecty-invalid';
  /** The fields and why each is not valid, in the order of the form. */
  readonly errors: readonly {
    /** The field's path: `document.number`, `name`, `email`, `phone`, `consent`. */
    field: string;
    /** Why, as one of the validators' codes: `required`, `check_digit`. */
    code: string;
  }[];
}

/** There is a voucher that was not there before: created, found, or in place of another. */
export class EfectyVoucherEvent extends EfectyEvent {
  readonly type: 'efecty-voucher';
  readonly voucher: Voucher;
}

/** The voucher's status is another than before, by the server's word. */
export class EfectyStatusEvent extends EfectyEvent {
  readonly type: 'efecty-status' | 'efecty-paid' | 'efecty-expired';
  readonly voucher: Voucher;
  readonly status: VoucherStatus;
  /** The status before; `null` where there was none in this visit. */
  readonly previous: VoucherStatus | null;
  /** Whether it merely tells the status found when the element came to life. */
  readonly initial: boolean;
}

/**
 * The server says that the voucher is paid.
 *
 * It is for the page's looks. An order is fulfilled on the word of the gateway to the backend, never
 * on this event: whoever sits at the browser can make it up.
 */
export class EfectyPaidEvent extends EfectyStatusEvent {
  readonly type: 'efecty-paid';
}

/** The server says that nobody paid in time. A payment may still be confirmed until grace ends. */
export class EfectyExpiredEvent extends EfectyStatusEvent {
  readonly type: 'efecty-expired';
}

/** Something failed. What support asks for, and nothing about a person. */
export class EfectyErrorEvent extends EfectyEvent {
  readonly type: 'efecty-error';
  readonly code: EfectyErrorCode;
  /** The `Request-Id` that was sent, even where no answer came. */
  readonly requestId: string | null;
  /** The backend's trace id, by its refusal or its header `Trace-Id`. */
  readonly traceId: string | null;
  /** The HTTP status, where an answer came. */
  readonly httpStatus: number | null;
  /** For developers: what was expected, and where. */
  readonly detail: string | null;
  /** When, by the device's clock (ISO 8601). */
  readonly time: string;
}

/** What can fail; a closed list. */
export type EfectyErrorCode =
  /** An attribute or property is missing or wrong; `detail` says which. */
  | 'configuration'
  /** No answer: offline, or the backend cannot be reached. */
  | 'network'
  /** No answer in time. */
  | 'timeout'
  /** The backend failed, or asks to wait. */
  | 'backend'
  /** The backend knows no such order or voucher, or does not show it to this visitor. */
  | 'not-found'
  /** The backend refused the request. */
  | 'refused'
  /** The backend's answer is not JSON. */
  | 'not-json'
  /** The backend's answer breaks the contract; `detail` says where. */
  | 'invalid-answer'
  /** The widget itself failed: its wasm module is blocked, or broke down. */
  | 'internal';

/** The events of `<efecty-checkout>` by their type. */
export interface EfectyEventMap {
  'efecty-ready': EfectyReadyEvent;
  'efecty-invalid': EfectyInvalidEvent;
  'efecty-voucher': EfectyVoucherEvent;
  'efecty-status': EfectyStatusEvent;
  'efecty-paid': EfectyPaidEvent;
  'efecty-expired': EfectyExpiredEvent;
  'efecty-error': EfectyErrorEvent;
}

declare global {
  // They bubble: listening on the document, or on anything in between, is as good.
  interface GlobalEventHandlersEventMap extends EfectyEventMap {}
}
