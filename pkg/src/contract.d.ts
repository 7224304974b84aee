// Orders, requests and refusals of the wire contract, version 1.
import type { Requirements } from './payer.js';
import type { Deadline } from './voucher.js';

export type { DocumentRule, Requirements } from './payer.js';

/** An order that waits for a voucher. */
export interface Order {
  version: 1;
  /** The order, as the shop names it to the shopper. */
  orderId: string;
  /** The server's clock when it said this. */
  serverTime: string;
  /** Who receives the money. */
  beneficiary: { name: string; taxId?: string };
  /** What is to be paid, in whole pesos. */
  amount: { pesos: number; exact?: boolean };
  /** What is asked of the payer. */
  requirements?: Requirements;
  /** What the payer has to agree to; absent where the shop already has it. */
  consent?: { version: string; text: { es: string; en?: string }; link?: string };
  /** When the shop stops holding the order. */
  orderExpiresAt?: Deadline;
  /** The token of the voucher that this order already has. */
  voucher?: string;
}

/** The request for a voucher; the payer is as it was sent, to be validated. */
export interface CreateVoucher {
  /** The order to pay. */
  orderId: string;
  payer: {
    document: { type: string; number: string };
    name: string;
    email: string;
    phone: string;
  };
  /** What the payer agreed to, and when. */
  consent?: { version: string; acceptedAt: string };
}

/** Why a backend refused: `application/problem+json`. */
export interface Problem {
  /** A short summary for developers. */
  title?: string;
  /** The HTTP status. */
  status?: number;
  /** What kind of refusal, as a stable word: `order-closed`. */
  code?: string;
  /** The fields that were refused: `document.number` and why. */
  errors?: { field: string; code: string; expected?: string }[];
  /** What support asks for. */
  traceId?: string;
}
