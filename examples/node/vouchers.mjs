// One order, one live voucher, whatever is asked how often; and what moves it afterwards.
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';

import { applyCallback, readCreateVoucher, statusFromGateway, validatePayer, voucherFromGateway } from 'efecty-checkout/server';

import { Refusal } from './answer.mjs';
import { GatewaySilent } from './epayco.mjs';
import * as shop from './shop.mjs';

/** How often the gateway is asked about what waits: a confirmation may be lost. */
const ASKS_AFTER_MILLIS = 60_000;
/** How long the gateway's own confirmation may take before its answer is applied. */
const PATIENCE_MILLIS = 60_000;
/** In these no other voucher is needed: one waits, or cash was taken. */
const ANSWERS_A_WISH = ['preparing', 'pending', 'paid', 'paid_late', 'mismatch', 'late_review'];

const unknownVoucher = () => new Refusal(404, 'unknown-voucher', 'no such voucher');
const orderClosed = () => new Refusal(409, 'order-closed', 'the order is no longer held');
const iso = (millis) => new Date(millis).toISOString();

export function vouchers({ store, gateway, origin }) {
  const changes = new EventEmitter().setMaxListeners(0);
  const turns = new Map();
  let askedAt = -Infinity;

  const find = (token) => store.get('SELECT * FROM vouchers WHERE token = ?', token);
  const newest = (orderId) =>
    store.get('SELECT * FROM vouchers WHERE order_id = ? ORDER BY created_at DESC, rowid DESC LIMIT 1', orderId);
  const orderOf = (orderId) => store.get('SELECT * FROM orders WHERE id = ?', orderId);
  const holdMillis = (name) => shop.products.find((product) => product.name === name)?.holdMillis ?? shop.HOLD_MILLIS;
  const heldUntil = (order) => order.placed_at + holdMillis(order.name);

  /** Lets one request per order at a time talk to the gateway. */
  function inTurn(orderId, work) {
    const turn = (turns.get(orderId) ?? Promise.resolve()).then(work, work);
    turns.set(orderId, turn);
    const done = () => turns.get(orderId) === turn && turns.delete(orderId);
    turn.then(done, done);
    return turn;
  }

  function move(token, status, cause) {
    store.run('UPDATE vouchers SET status = ? WHERE token = ?', status, token);
    store.run('INSERT INTO history (token, at, status, cause) VALUES (?, ?, ?, ?)', token, Date.now(), status, cause);
  }

  /** A row that waits for its codes: it is kept before the gateway is asked. */
  function reserve({ orderId, pesos, payer, consent, requestId, supersedes }) {
    const token = randomBytes(20).toString('hex');
    store.run(
      `INSERT INTO vouchers (token, order_id, invoice, supersedes, status, pesos, payer, consent, request_id, created_at)
       VALUES (?, ?, ?, ?, 'preparing', ?, ?, ?, ?, ?)`,
      token, orderId, `${orderId}-${token.slice(0, 8)}`, supersedes ?? null, pesos, payer, consent, requestId ?? null,
      Date.now(),
    );
    move(token, 'preparing', 'created');
    return find(token);
  }

  const remember = (key, token) => store.run('INSERT OR IGNORE INTO idempotency_keys VALUES (?, ?)', key, token);

  /** Whom the shop writes to is the last word of whoever may pay the order; who pays stays as it was. */
  function correct(row, payer) {
    const { email, phone } = JSON.parse(payer);
    const corrected = JSON.stringify({ ...JSON.parse(row.payer), email, phone });
    store.run('UPDATE vouchers SET payer = ? WHERE token = ?', corrected, row.token);
  }

  function reserveFor(wish) {
    const known = store.get('SELECT token FROM idempotency_keys WHERE key = ?', wish.key);
    if (known) {
      const row = find(known.token);
      if (row.order_id === wish.orderId) return row;
      throw new Refusal(422, 'idempotency-key-reused', 'the Idempotency-Key was used for another order');
    }
    const order = orderOf(wish.orderId);
    if (!order) throw new Refusal(404, 'unknown-order', 'no such order');
    const last = newest(wish.orderId);
    if (last && ANSWERS_A_WISH.includes(last.status)) {
      remember(wish.key, last.token);
      correct(last, wish.payer);
      return find(last.token);
    }
    const { min, max } = shop.requirements.amount;
    if (order.pesos < min || order.pesos > max) {
      throw new Refusal(422, 'amount-out-of-range', "the order's amount cannot be paid at an outlet");
    }
    if (heldUntil(order) <= Date.now() || last?.status === 'refunded') throw orderClosed();
    const supersedes = last?.status === 'expired' ? last.token : undefined;
    const row = reserve({ ...wish, pesos: order.pesos, supersedes });
    remember(wish.key, row.token);
    return row;
  }

  function reserveSuccessor(token) {
    const old = find(token);
    if (old.status === 'superseded') return find(old.superseded_by);
    if (['cancelled', 'refunded'].includes(old.status)) throw orderClosed();
    if (old.status !== 'expired') return old;
    const last = newest(old.order_id);
    if (last.token !== old.token) return last;
    if (heldUntil(orderOf(old.order_id)) <= Date.now()) throw orderClosed();
    return reserve({ orderId: old.order_id, pesos: old.pesos, payer: old.payer, consent: old.consent, supersedes: token });
  }

  /** Gets the codes of a row that waits for them. */
  async function finish(row) {
    if (row.status !== 'preparing') return { row, isNew: false };
    try {
      const raw = await gateway.create({
        invoice: row.invoice, description: `Pedido ${row.order_id}`, amount: row.pesos, payer: JSON.parse(row.payer),
      });
      const issued = voucherFromGateway('epayco', raw, {
        token: row.token, orderId: row.order_id, amount: row.pesos, beneficiary: shop.beneficiary, now: iso(Date.now()),
      });
      return keep(row, issued, statusFromGateway('epayco', raw).paymentId);
    } catch (error) {
      // Nobody was told of the row: codes that the gateway may have issued for it are never shown.
      store.run("DELETE FROM vouchers WHERE token = ? AND status = 'preparing'", row.token);
      if (error.code === 'refused') throw new Refusal(422, 'gateway-refused', error.expected);
      console.error(error);
      throw new Refusal(503, 'gateway-unavailable', 'the payment gateway does not answer', { retryAfter: 5 });
    }
  }

  function keep(row, issued, paymentId) {
    const kept = store.write(() => {
      const old = row.supersedes && find(row.supersedes);
      if (old && old.status !== 'expired') {
        // It was paid in the meantime: nobody needs another.
        store.run('DELETE FROM vouchers WHERE token = ?', row.token);
        return { row: old, isNew: false };
      }
      if (old) {
        move(old.token, 'superseded', 'renewed');
        store.run('UPDATE vouchers SET superseded_by = ? WHERE token = ?', row.token, old.token);
      }
      store.run('UPDATE vouchers SET issued = ?, payment_id = ? WHERE token = ?', JSON.stringify(issued), paymentId, row.token);
      move(row.token, issued.status, 'issued');
      return { row: find(row.token), isNew: true };
    });
    if (kept.row.supersedes) changes.emit(kept.row.supersedes);
    changes.emit(kept.row.token);
    return kept;
  }

  return {
    changes,

    /** `GET orders/{id}`. */
    order(orderId) {
      const order = orderOf(orderId);
      if (!order) throw new Refusal(404, 'unknown-order', 'no such order');
      const last = newest(orderId);
      return {
        version: 1, orderId, serverTime: iso(Date.now()), beneficiary: shop.beneficiary,
        amount: { pesos: order.pesos, exact: true }, requirements: shop.requirements, consent: shop.consent,
        orderExpiresAt: iso(heldUntil(order)), voucher: last?.issued ? last.token : undefined,
      };
    },

    /** `POST vouchers`: the order's live voucher, or a new one: `{ row, isNew }`. */
    create(wish) {
      return inTurn(wish.orderId, () => finish(store.write(() => reserveFor(wish))));
    },

    /** `POST links.renew`. */
    async renew(token) {
      const row = find(token);
      if (!row?.issued) throw unknownVoucher();
      return inTurn(row.order_id, () => finish(store.write(() => reserveSuccessor(token))));
    },

    find(token) {
      const row = find(token);
      if (!row?.issued) throw unknownVoucher();
      return row;
    },

    byPayment: (paymentId) => store.get('SELECT * FROM vouchers WHERE payment_id = ?', paymentId),

    /** The voucher that a row stands for, but for the time and the trace of an answer. */
    show(row) {
      const issued = JSON.parse(row.issued);
      const order = orderOf(row.order_id);
      const api = `/api/efecty/vouchers/${row.token}`;
      const isRenewable = row.status === 'expired' && Date.now() < heldUntil(order);
      return {
        ...issued, status: row.status, amountPaid: row.amount_paid ?? undefined, paidAt: row.paid_at ?? undefined,
        links: { handover: `${origin}/v/#${row.token}`, events: `${api}/events`, renew: isRenewable ? `${api}/renew` : undefined },
        orderExpiresAt: iso(heldUntil(order)), graceUntil: iso(Date.parse(issued.expiresAt) + shop.GRACE_MILLIS),
        latency: shop.latency, hours: shop.hours, supersededBy: row.superseded_by ?? undefined,
        pollAfterSeconds: shop.POLL_AFTER_SECONDS,
      };
    },

    /** Moves a voucher as an event of the gateway says, along the status table; returns the outcome. */
    settle(token, event) {
      const outcome = store.write(() => {
        const row = find(token);
        const applied = applyCallback({
          paymentId: row.payment_id, invoice: row.invoice, amount: row.pesos, currency: 'COP', status: row.status,
          expiresAt: JSON.parse(row.issued).expiresAt, orderExpiresAt: iso(heldUntil(orderOf(row.order_id))),
          acceptsLate: shop.ACCEPTS_LATE, amountPaid: row.amount_paid ?? undefined, paidAt: row.paid_at ?? undefined,
        }, event);
        if (applied.outcome !== 'applied') return applied.outcome;
        const { status, amountPaid = null, paidAt = null } = applied.order;
        store.run('UPDATE vouchers SET amount_paid = ?, paid_at = ? WHERE token = ?', amountPaid, paidAt, token);
        move(token, status, event.status);
        return applied.outcome;
      });
      changes.emit(token);
      return outcome;
    },

    /** Takes up rows that a crash left without codes. */
    async resume() {
      for (const { token, order_id } of store.all("SELECT token, order_id FROM vouchers WHERE status = 'preparing'")) {
        const again = () => {
          const row = find(token);
          return row && finish(row);
        };
        await inTurn(order_id, again).catch((error) => console.error('an interrupted voucher is dropped:', error.message));
      }
    },

    /** Cancels vouchers whose order is no longer held; asks now and then about those that wait. */
    async tidy() {
      const now = Date.now();
      const isAsking = Math.abs(now - askedAt) >= ASKS_AFTER_MILLIS;
      if (isAsking) askedAt = now;
      for (const row of store.all("SELECT * FROM vouchers WHERE status = 'pending'")) {
        if (heldUntil(orderOf(row.order_id)) <= now) {
          store.write(() => move(row.token, 'cancelled', 'order hold ended'));
          changes.emit(row.token);
        } else if (isAsking) {
          const event = await gateway.status(row.payment_id).catch((error) => {
            if (!(error instanceof GatewaySilent)) throw error;
          });
          const isNews = now - Date.parse(event?.at) < PATIENCE_MILLIS;
          if (event && event.status !== 'pending' && !isNews) this.settle(row.token, event);
        }
      }
    },
  };
}

/** What a request for a voucher asks, checked; every field that is refused is named at once. */
export function readWish(text) {
  let wish;
  try {
    wish = readCreateVoucher(text);
  } catch ({ message, code, path }) {
    throw new Refusal(400, 'invalid-request', message, { errors: path ? [{ field: path, code }] : undefined });
  }
  const checked = validatePayer(wish.payer, shop.requirements);
  const errors = checked.ok ? [] : checked.errors.map(({ field, code, expected }) => ({ field, code, expected }));
  if (wish.consent?.version !== shop.consent.version) errors.push({ field: 'consent', code: 'required' });
  if (errors.length > 0) {
    throw new Refusal(422, 'invalid-payer', "the payer's data are not as required", { errors });
  }
  return { orderId: wish.orderId, payer: JSON.stringify(checked.payer), consent: JSON.stringify(wish.consent) };
}
