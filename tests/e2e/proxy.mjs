// A proxy in front of the sandbox that misbehaves: everything below /api goes through a fault, the rest is
// passed on as it is.
import { createServer, request } from 'node:http';

import { voucher } from './page.mjs';

/** Hours by which a clock is wrong in headers. */
const SKEW = 3 * 3_600_000;
/** How far from a voucher's deadline a clock is put, in milliseconds. */
const MOMENT = 3_000;

/**
 * What can go wrong. Each gets the browser's request, the answer to give, and `ask`, which asks the sandbox
 * and gives its answer, with `ask.anew` the whole of it though nothing has changed; `memory` is the fault's own.
 */
export const faults = {
  'request dropped': ({ drop }) => drop(),
  'answer dropped': async ({ ask, drop }) => {
    await ask();
    drop();
  },
  'answer late': async ({ ask, send }) => {
    const answer = await ask();
    await pause(3_000);
    send(answer);
  },
  '429, Retry-After in seconds': ({ send }) => send(busy(429, '2')),
  '503, Retry-After as a date': ({ send }) => send(busy(503, new Date(Date.now() + 3_000).toUTCString())),
  '500 in HTML': ({ send }) => send({ status: 500, headers: { 'content-type': 'text/html' }, body: '<h1>Oops</h1>' }),
  '403 in HTML': ({ send }) => send({ status: 403, headers: { 'content-type': 'text/html' }, body: '<h1>No</h1>' }),
  'body cut off': async ({ ask, response }) => {
    const { status, headers, body } = await ask();
    response.writeHead(status, { ...headers, 'content-length': body.length + 100 });
    response.write(body.subarray(0, body.length / 2));
    await pause(100);
    response.destroy();
  },
  'half a body': async ({ ask, send }) => {
    const answer = await ask();
    send({ ...answer, body: answer.body.subarray(0, answer.body.length / 2) });
  },
  'stale 304': async ({ ask, send, isQuestion }) => {
    const { status, headers, body } = await ask();
    if (!isQuestion) return send({ status, headers, body });
    send({ status: 304, headers: { 'server-time': headers['server-time'], etag: headers.etag }, body: '' });
  },
  'stale 200': async ({ ask, send, memory }) => {
    const answer = await ask();
    // The first good answer, clock and all, again and again: a cache that was told not to keep it.
    if (answer.status === 200) memory.first ??= answer;
    send(memory.first ?? answer);
  },
  'a login page': ({ send }) =>
    send({ status: 200, headers: { 'content-type': 'text/html' }, body: '<form>Wi-Fi</form>' }),
  'wrong Content-Type': async ({ ask, send }) => {
    const answer = await ask();
    send({ ...answer, headers: { ...answer.headers, 'content-type': 'text/plain' } });
  },
  'clock ahead in Server-Time': async ({ ask, send }) => send(skewed(await ask(), SKEW)),
  'clock behind in Server-Time': async ({ ask, send }) => send(skewed(await ask(), -SKEW)),
  'no Server-Time': async ({ ask, send }) => {
    const answer = await ask();
    delete answer.headers['server-time'];
    send(answer);
  },
  'clock just before the deadline': async ({ ask, send }) => send(atDeadline(await ask.anew(), -MOMENT)),
  'clock just past the deadline': async ({ ask, send }) => send(atDeadline(await ask.anew(), MOMENT)),
  'another voucher, and paid': async ({ ask, send, isQuestion }) => send(isQuestion ? stranger() : await ask()),
  'no answer': () => {},
};

/** Starts a proxy of `target`. */
export async function proxy(target) {
  const chaos = new Chaos(target);
  await chaos.start();
  return chaos;
}

class Chaos {
  /** The name of the fault, or none. */
  fault = null;
  /** How often each fault was injected. */
  injected = {};
  /** Whether the stream of events is refused, so that questions are asked. */
  refusesStreams = true;
  #target;
  #server;
  #turns = {};
  #memory = {};

  constructor(target) {
    this.#target = new URL(target);
    this.#server = createServer((from, to) => this.#serve(from, to).catch(() => to.destroy()));
  }

  start() {
    return new Promise(resolve => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}/`;
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(from, to) {
    if (/\/events$/.test(from.url)) {
      if (this.refusesStreams) return to.writeHead(503).end();
      return this.#pipe(from, to);
    }
    if (!from.url.startsWith('/api/')) return this.#pipe(from, to);
    const isQuestion = /\/vouchers\/[^/]+$/.test(from.url);
    // The first request of each kind meets the fault, then every other: whoever tries again gets through.
    const kind = `${from.method} ${from.url}`;
    this.#turns[kind] = (this.#turns[kind] ?? 0) + 1;
    const isHit = this.fault && this.#turns[kind] % 2 === 1;
    const body = await read(from);
    const ask = () => this.#ask(from, body, from.headers);
    ask.anew = () => this.#ask(from, body, { ...from.headers, 'if-none-match': undefined });
    const send = answer => {
      const headers = { ...answer.headers };
      delete headers['transfer-encoding'];
      if (answer.status !== 304) headers['content-length'] = Buffer.byteLength(answer.body);
      to.writeHead(answer.status, headers).end(answer.status === 304 ? undefined : answer.body);
    };
    if (!isHit) return send(await ask());
    this.injected[this.fault] = (this.injected[this.fault] ?? 0) + 1;
    const memory = (this.#memory[`${this.fault} ${from.url}`] ??= {});
    await faults[this.fault]({ ask, send, drop: () => to.destroy(), response: to, isQuestion, memory });
  }

  /** Passes on what is not the fault's, streams included. */
  #pipe(from, to) {
    const onward = this.#request(from, from.headers, answer => {
      to.writeHead(answer.statusCode, answer.headers);
      answer.pipe(to);
    });
    onward.on('error', () => to.destroy());
    to.on('close', () => onward.destroy());
    from.pipe(onward);
  }

  #ask(from, body, headers) {
    return new Promise((resolve, reject) => {
      const onward = this.#request(from, headers, async answer => {
        const { statusCode: status, headers } = answer;
        resolve({ status, headers, body: await read(answer) });
      });
      onward.on('error', reject);
      onward.end(body);
    });
  }

  #request(from, { 'if-none-match': etag, ...rest }, answered) {
    const headers = { ...rest, ...(etag && { 'if-none-match': etag }), host: this.#target.host };
    return request(new URL(from.url, this.#target), { method: from.method, headers }, answered);
  }
}

async function read(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function busy(status, retryAfter) {
  const headers = { 'retry-after': retryAfter, 'content-type': 'application/problem+json' };
  return { status, headers, body: '{"title":"busy"}' };
}

function skewed(answer, by) {
  const time = new Date(Date.parse(answer.headers['server-time']) + by);
  return { ...answer, headers: { ...answer.headers, 'server-time': time.toISOString() } };
}

/** The answer as given when the voucher's deadline is `by` milliseconds ago, by the server's clock. */
function atDeadline(answer, by) {
  const { expiresAt, ...voucher } = answer.status < 300 ? JSON.parse(answer.body) : {};
  if (!expiresAt) return answer;
  const serverTime = new Date(Date.parse(expiresAt) + by).toISOString();
  const headers = { ...answer.headers, 'server-time': serverTime };
  return { ...answer, headers, body: JSON.stringify({ ...voucher, expiresAt, serverTime }) };
}

/** What was meant for somebody else, who has paid. */
function stranger() {
  const body = JSON.stringify(voucher('paid', { token: 'tok_somebody_else_0123' }));
  return { status: 200, headers: { 'content-type': 'application/json', 'server-time': new Date().toISOString() }, body };
}

function pause(millis) {
  return new Promise(resolve => setTimeout(resolve, millis));
}
