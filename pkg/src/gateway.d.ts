// Gateways: requests, answers and callbacks, for a merchant's own backend.
import type { PayerInput } from './payer.js';
import type { GatewayName } from './server.gen.js';
import type { Deadline } from './voucher.js';

export type { GatewayName };

/** A request to send as it stands. */
export interface HttpRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

/** How the shop has set its gateway up. */
export interface GatewayOptions {
  /** Where the gateway listens, where that is not its public address. */
  baseUrl?: string;
  /** Where the gateway confirms payments. */
  confirmationUrl?: string;
  /** Where a hosted page leads back to. */
  returnUrl?: string;
  /** The last day to pay, `2026-11-30`. */
  lastDay?: string;
  /** The zone in which the gateway reads date-times that do not say theirs: `-05:00`. */
  zone?: string;
  payerIp?: string;
  userAgent?: string;
  address?: { street: string; city: string; state: string; postalCode: string };
}

export interface SessionRequest {
  credentials: Record<string, string>;
  options?: GatewayOptions;
}

export interface PaymentRequest extends SessionRequest {
  /** Cash paid in (the default), or paid out to the shopper. */
  kind?: 'payment' | 'pickup';
  /** The shop's number of this payment. */
  invoice: string;
  description: string;
  /** Whole pesos. */
  amount: number;
  payer: PayerInput;
  /** The server's clock, RFC 3339. */
  now: string;
  /** Fresh randomness, for gateways that sign with it. */
  nonce?: string;
}

export interface StatusRequest extends SessionRequest {
  /** The gateway's number of the payment. */
  paymentId: string;
  now: string;
  nonce?: string;
}

/** What the shop knows about a voucher and the gateway does not. */
export interface GatewayContext {
  /** The unguessable name that the shop gives the voucher. */
  token: string;
  orderId: string;
  /** What was asked for, in whole pesos; an answer about another amount is refused. */
  amount: number;
  beneficiary: { name: string; taxId?: string };
  /** The convenio, for gateways that do not tell it. */
  agreement?: string;
  /** The zone of the gateway's date-times where its documents do not settle it: `-05:00`. */
  zone?: string;
  /** Of cash paid out: the documents that the collector may show, `['CC']`. Absent for a payment. */
  pickupDocuments?: string[];
  now: string;
}

/** What a gateway says about a payment. */
export interface PaymentEvent {
  paymentId: string;
  /** The shop's number of the payment. */
  invoice?: string;
  status: 'pending' | 'paid' | 'rejected' | 'expired' | 'cancelled' | 'refunded' | 'unknown';
  /** Whole pesos. */
  amount?: number;
  currency?: string;
  at?: string;
}

/** A callback as it arrived, untouched. */
export interface Callback {
  headers: Headers | Iterable<[string, string]> | Record<string, string | string[] | undefined>;
  rawBody: Uint8Array | string;
  /** The address that was called, with its query. */
  url?: string;
}

export interface VerifyOptions {
  now: string;
  /** How far a signed time may be away from `now`; 300. */
  toleranceSeconds?: number;
  /** The zone of date-times that do not say theirs; needed where such a time is signed. */
  zone?: string;
}

export interface Verification {
  authentic: boolean;
  /** Why it is not authentic. */
  reason?: 'malformed' | 'ambiguous' | 'unsigned' | 'signature' | 'merchant' | 'time';
  event?: PaymentEvent;
  /** The gateway's numbers of the payments it is about. */
  payments: string[];
  /** What of the event the signature covers. */
  covers: ('paymentId' | 'invoice' | 'amount' | 'currency' | 'status')[];
  /** Whether the gateway must be asked before the event is believed. */
  requery: boolean;
}

/** An order's payment, as the shop has it on record. */
export interface OrderPayment {
  paymentId: string;
  /** The shop's number of this payment: without it, money that is told with a number pays nothing. */
  invoice?: string;
  amount: number;
  currency: string;
  status: string;
  expiresAt?: Deadline;
  orderExpiresAt?: Deadline;
  /** Whether the shop takes money that came late, as long as it holds the order. */
  acceptsLate: boolean;
  amountPaid?: number;
  paidAt?: string;
}

export interface Applied {
  order: OrderPayment;
  outcome:
    | 'applied' | 'unchanged' | 'stale' | 'other-payment' | 'other-invoice' | 'other-currency' | 'no-amount';
}

/** What the functions for gateways throw. */
export interface GatewayError extends Error {
  code:
    | 'not-json' | 'missing' | 'unexpected' | 'refused' | 'credential' | 'incomplete' | 'unfit' | 'unsupported';
  path: string;
  expected: string;
}
