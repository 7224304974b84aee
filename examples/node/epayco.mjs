// The shop's side of the wire to ePayco. Every exchange is kept raw.
import {
  paymentRequest, sessionFromGateway, sessionRequest, statusFromGateway, statusRequest, verifyCallback,
} from 'efecty-checkout/server';

const GATEWAY = 'epayco';
const TIMEOUT_MILLIS = 10_000;

/** The gateway does not answer, or not as documented: ask again later. */
export class GatewaySilent extends Error {}

export function epayco({ store, credentials, options }) {
  let bearer;

  async function exchange({ method, url, headers, body }) {
    const keep = (status, answer) =>
      store.run(
        'INSERT INTO exchanges (at, request, body, status, answer) VALUES (?, ?, ?, ?, ?)',
        Date.now(), `${method} ${url}`, body ?? null, status, answer,
      );
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MILLIS);
      const response = await fetch(url, { method, headers, body: body ?? undefined, signal });
      const text = await response.text();
      keep(response.status, text);
      return { status: response.status, text };
    } catch (cause) {
      keep(null, String(cause));
      throw new GatewaySilent('the gateway does not answer', { cause });
    }
  }

  async function login() {
    const { text } = await exchange(sessionRequest(GATEWAY, { credentials, options }));
    return documented(() => sessionFromGateway(GATEWAY, text));
  }

  return {
    /** Asks for the voucher of an invoice; asked again, the gateway gives the same one. Returns its raw answer. */
    async create({ invoice, description, amount, payer }) {
      for (let attempt = 0; ; attempt++) {
        bearer ??= await login();
        const now = new Date().toISOString();
        const request = { invoice, description, amount, payer, now, options };
        const asked = paymentRequest(GATEWAY, { ...request, credentials: { ...credentials, bearer } });
        const { status, text } = await exchange(asked);
        if (status !== 401 || attempt > 0) return text;
        // The session had ended: a new one, and once more.
        bearer = undefined;
      }
    },

    /** Asks where a payment stands. */
    async status(paymentId) {
      const now = new Date().toISOString();
      const { text } = await exchange(statusRequest(GATEWAY, { paymentId, credentials, options, now }));
      return documented(() => statusFromGateway(GATEWAY, text));
    },

    /** Whether a callback is the gateway's, and what it says. */
    verify: (callback) => verifyCallback(GATEWAY, callback, credentials, { now: new Date().toISOString() }),
  };
}

/** What `read` makes of an answer; an answer in no documented form is as good as none. */
function documented(read) {
  try {
    return read();
  } catch (cause) {
    if (cause.code === 'refused') throw cause;
    throw new GatewaySilent('the gateway does not answer as documented', { cause });
  }
}
