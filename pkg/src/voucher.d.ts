// The voucher of the wire contract, version 1, as events and properties carry it.

/** Where a payment stands, by the server's word alone. A word that is not listed is never "paid". */
export type VoucherStatus =
  | 'preparing'
  | 'pending'
  | 'paid'
  | 'paid_late'
  | 'mismatch'
  | 'late_review'
  | 'expired'
  | 'cancelled'
  | 'superseded'
  | 'refunded'
  | (string & {});

/** A date-time with its offset from UTC, or a whole day in Bogotá that ends with its last millisecond. */
export type Deadline = string | { date: string };

/** A payment, or a pickup, at an outlet. */
export interface Voucher {
  version: 1;
  /** Unguessable name of this voucher: whoever has it may see the voucher. */
  token: string;
  /** Whether cash is paid in or collected; `paid` then means collected. `payment` where absent. */
  kind?: 'payment' | 'pickup';
  status: VoucherStatus;
  /** The server's clock when it said this. */
  serverTime: string;
  /** The order this pays for, as the shop names it. */
  orderId?: string;
  /** Who receives the money. */
  beneficiary: { name: string; taxId?: string };
  /** Where and with which codes it can be paid. */
  networks: Network[];
  /** What is paid, in whole pesos. */
  amount: { pesos: number; exact?: boolean };
  /** What really was paid, in whole pesos. */
  amountPaid?: number;
  paidAt?: string;
  /** What a scanner at the counter reads, drawn exactly as given. */
  barcode?: { symbology: 'code128' | 'gs1-128' | 'itf' | (string & {}); content: string };
  links?: {
    /** The gateway's own page of the voucher. */
    voucher?: string;
    /** A printable voucher. */
    pdf?: string;
    /** The same voucher on another device; the QR leads there. */
    handover?: string;
    /** Server-sent events of this voucher. */
    events?: string;
    /** Where to ask for a new voucher once this one has expired. */
    renew?: string;
  };
  issuedAt?: string;
  /** Before this instant no outlet accepts it. */
  activeFrom?: string;
  /** When the network stops accepting it. */
  expiresAt?: Deadline;
  /** When the shop stops holding the order. */
  orderExpiresAt?: Deadline;
  /** Until when a payment made in time may still be confirmed. */
  graceUntil?: string;
  /** How long a confirmation takes, in the shop's words. */
  latency?: { es: string; en?: string };
  /** When most outlets are open in Bogotá, `HH:MM`; a day that is absent is closed. */
  hours?: { weekdays?: [string, string]; saturday?: [string, string]; sunday?: [string, string] };
  /** The token of the voucher that replaces this one. */
  supersededBy?: string;
  /** What collecting cash needs. The PIN is never in an event, nor in the property `voucher`. */
  pickup?: { pin?: string; documents: string[] };
  /** How many seconds to wait before asking again, at least. */
  pollAfterSeconds?: number;
  /** What support asks for. */
  traceId?: string;
}

/** A cash network, with the codes it wants. */
export interface Network {
  /** A stable name: `efecty`. */
  id: string;
  name: string;
  /** Names on shopfronts that take it. */
  brands?: string[];
  /** Whom to pay: the convenio. */
  agreement?: { label?: string; code: string };
  /** What to pay. */
  reference: { label?: string; value: string; grouping?: number[] };
}
