// What arrives at `confirmations/epayco` is kept raw, doubted, and only then believed.
//
// A signature proves who wrote the reference, the amount and the currency, not the state: so the gateway is
// asked before anything moves, and it is its answer that is applied.
import { createHash } from 'node:crypto';

import { Refusal, mediaType, readBeginning } from './answer.mjs';
import { GatewaySilent } from './epayco.mjs';

/** How far a payment has come: a callback ahead of the gateway's own answer was altered. */
const PROGRESS = { pending: 0, unknown: 0, rejected: 1, expired: 1, cancelled: 1, paid: 2, refunded: 3 };

/** The longest confirmation; of a longer one this much is kept. */
const MAX_BODY = 64 * 1024;
/** What ePayco documents that it sends a body by. */
const MEDIA_TYPES = ['application/x-www-form-urlencoded', 'application/json'];
/** What brings nothing but what was believed before, or what the gateway no longer says. */
const DISMISSED = ['replayed', 'altered', 'outdated'];
/** The HTTP status of what is no confirmation, whatever it says. */
const REFUSED = { 'too-large': 413, 'media-type': 415 };

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
    const claim = [claimed.paymentId, claimed.status, claimed.amount, claimed.currency].join(' ');
    const believed = store.all(
      "SELECT digest FROM callbacks WHERE claim = ? AND verdict IN ('applied', 'unchanged')", claim,
    );
    if (believed.some((callback) => callback.digest === digest)) return { verdict: 'refused', reason: 'replayed', token };
    try {
      const answered = await gateway.status(claimed.paymentId);
      if (contradicts(claimed, answered)) return { verdict: 'refused', reason: 'gateway-disagrees', token };
      const outcome = vouchers.settle(token, answered);
      if (outcome === 'applied') return { verdict: 'applied', token, claim };
      if (!['unchanged', 'stale'].includes(outcome)) return { verdict: 'refused', reason: outcome, token };
      // True news in bytes that nobody signed: nothing but what was believed before.
      if (believed.length > 0) return { verdict: 'refused', reason: 'altered', token };
      // The first confirmation of a pin may be overtaken by the second.
      const isOutdated = claimed.status !== answered.status && claimed.status !== 'pending';
      if (isOutdated) return { verdict: 'refused', reason: 'outdated', token };
      return { verdict: 'unchanged', reason: outcome === 'stale' ? outcome : null, token, claim };
    } catch (error) {
      if (error instanceof GatewaySilent) return { verdict: 'deferred', reason: 'gateway-silent', token };
      if (error.code === 'refused') return { verdict: 'refused', reason: 'gateway-disagrees', token };
      throw error;
    }
  }

  return {
    /** Receives a callback; returns the verdict as an answer. */
    async receive(request) {
      const { body: rawBody, isWhole } = await readBeginning(request, MAX_BODY);
      // Whatever signs in to this server has no place in the tables.
      const rawHeaders = pairs(request.rawHeaders).filter(([name]) => !/^(cookie|authorization)$/i.test(name));
      const { url, method } = request;
      const digest = createHash('sha256').update(`${method} ${url}\n`).update(rawBody).digest('hex');
      const length = Number(request.headers['content-length'] ?? rawBody.length);
      const { lastInsertRowid: id } = store.run(
        `INSERT INTO callbacks (received_at, url, headers, body, body_length, digest, verdict)
         VALUES (?, ?, ?, ?, ?, ?, 'received')`,
        Date.now(), url, JSON.stringify(rawHeaders), rawBody, length, digest,
      );
      const flaw = isWhole ? isDocumented(request, rawBody) ? null : 'media-type' : 'too-large';
      const found = flaw ? { verdict: 'refused', reason: flaw } : await examine({ url, rawHeaders, rawBody, digest });
      const { verdict, reason = null, token = null, claim = null } = found;
      store.run(
        'UPDATE callbacks SET verdict = ?, reason = ?, token = ?, claim = ? WHERE id = ?', verdict, reason, token, claim, id,
      );
      if (verdict === 'deferred') throw new Refusal(503, 'callback-deferred', reason, { retryAfter: 5 });
      // What brings nothing new is answered as received: the gateway sends until then.
      if (verdict === 'refused' && !DISMISSED.includes(reason)) {
        throw flaw ? new Refusal(REFUSED[flaw], flaw, reason) : new Refusal(400, 'callback-refused', reason);
      }
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

function isDocumented(request, rawBody) {
  return rawBody.length === 0 || MEDIA_TYPES.includes(mediaType(request));
}

function pairs(flat) {
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
}
