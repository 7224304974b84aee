// What arrives at `confirmations/epayco` is kept raw, doubted, and only then believed.
//
// A signature proves who wrote the reference, the amount and the currency, not the state: so the gateway is
// asked before anything moves, and it is its answer that is applied.
import { createHash } from 'node:crypto';

import { Refusal } from './answer.mjs';
import { GatewaySilent } from './epayco.mjs';

/** How far a payment has come: a callback ahead of the gateway's own answer was altered. */
const PROGRESS = { pending: 0, unknown: 0, rejected: 1, expired: 1, cancelled: 1, paid: 2, refunded: 3 };

export function confirmations({ store, gateway, vouchers }) {
  /** `{ verdict, reason?, token? }` */
  async function examine({ url, rawHeaders, rawBody, digest }) {
    const found = gateway.verify({ url, headers: rawHeaders, rawBody });
    if (!found.authentic) return { verdict: 'refused', reason: found.reason };
    const claimed = found.event;
    if (!claimed) return { verdict: 'refused', reason: 'malformed' };
    const row = vouchers.byPayment(claimed.paymentId);
    // It may be ahead of the answer that tells this shop the number.
    if (!row) return { verdict: 'deferred', reason: 'unknown-payment' };
    const { token } = row;
    const believed = store.get(
      "SELECT 1 FROM callbacks WHERE digest = ? AND verdict IN ('applied', 'unchanged') LIMIT 1", digest,
    );
    if (believed) return { verdict: 'refused', reason: 'replayed', token };
    try {
      const answered = await gateway.status(claimed.paymentId);
      if (contradicts(claimed, answered)) return { verdict: 'refused', reason: 'gateway-disagrees', token };
      const outcome = vouchers.settle(token, answered);
      if (['applied', 'unchanged'].includes(outcome)) return { verdict: outcome, token };
      return { verdict: outcome === 'stale' ? 'unchanged' : 'refused', reason: outcome, token };
    } catch (error) {
      if (error instanceof GatewaySilent) return { verdict: 'deferred', reason: 'gateway-silent', token };
      if (error.code === 'refused') return { verdict: 'refused', reason: 'gateway-disagrees', token };
      throw error;
    }
  }

  return {
    /** Receives a callback; returns the verdict as an answer. */
    async receive(request, rawBody) {
      const rawHeaders = pairs(request.rawHeaders).filter(([name]) => !/^(cookie|authorization)$/i.test(name));
      const { url, method } = request;
      const digest = createHash('sha256').update(`${method} ${url}\n`).update(rawBody).digest('hex');
      const { lastInsertRowid: id } = store.run(
        "INSERT INTO callbacks (received_at, url, headers, body, digest, verdict) VALUES (?, ?, ?, ?, ?, 'received')",
        Date.now(), url, JSON.stringify(rawHeaders), rawBody, digest,
      );
      const { verdict, reason = null, token = null } = await examine({ url, rawHeaders, rawBody, digest });
      store.run('UPDATE callbacks SET verdict = ?, reason = ?, token = ? WHERE id = ?', verdict, reason, token, id);
      if (verdict === 'deferred') throw new Refusal(503, 'callback-deferred', reason, { retryAfter: 5 });
      // A replay is answered as received: the gateway sends until then.
      if (verdict === 'refused' && reason !== 'replayed') throw new Refusal(400, 'callback-refused', reason);
      return { type: 'text/plain', body: reason ?? verdict };
    },
  };
}

function contradicts(claimed, answered) {
  const isAhead = PROGRESS[claimed.status] > PROGRESS[answered.status];
  const differs = claimed.amount !== answered.amount || claimed.currency !== answered.currency;
  const isAnothers = claimed.invoice != null && answered.invoice != null && claimed.invoice !== answered.invoice;
  return isAhead || isAnothers || (claimed.status === answered.status && differs);
}

function pairs(flat) {
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
}
