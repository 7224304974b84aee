// What every answer carries: the server's time, a trace id, and for a refusal its problem document.
import { createHash, randomBytes } from 'node:crypto';

const MAX_BODY = 16 * 1024;

/** A refusal: `throw new Refusal(404, 'unknown-voucher', 'no such voucher')`. */
export class Refusal extends Error {
  constructor(status, code, title, { errors, retryAfter } = {}) {
    super(title);
    Object.assign(this, { status, code, errors, retryAfter });
  }
}

/** What a handler returns that has answered itself. */
export const ANSWERED = {};

/** Answers with what `handle` returns, `{ status, type, body, headers }`, or with the refusal that it throws. */
export async function answer(response, trace, handle) {
  response.setHeader('Trace-Id', trace);
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  try {
    const result = await handle();
    if (result === ANSWERED) return;
    const { status = 200, type, body = '', headers = {} } = result;
    stamp(response);
    response.writeHead(status, type ? { 'Content-Type': type, ...headers } : headers).end(body);
  } catch (error) {
    refuse(response, trace, error);
  }
}

/** The server's clock, as it stands when the answer leaves. */
export function stamp(response) {
  response.setHeader('Server-Time', new Date().toISOString());
}

export const json = (value, { status = 200, headers } = {}) => ({
  status, headers, type: 'application/json', body: JSON.stringify(value),
});

/** The raw body; refused where it is larger than a payer can be. */
export async function read(request) {
  const { body, isWhole } = await readBeginning(request, MAX_BODY);
  if (!isWhole) throw new Refusal(413, 'too-large', `expected at most ${MAX_BODY} bytes`);
  return body;
}

/** The raw body, up to so many bytes, and whether that is all of it. */
export async function readBeginning(request, most) {
  const chunks = [];
  let room = most;
  // The connection is still needed, for the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk.subarray(0, room));
    if (chunk.length > room) return { body: Buffer.concat(chunks), isWhole: false };
    room -= chunk.length;
  }
  return { body: Buffer.concat(chunks), isWhole: true };
}

/** The media type without its parameters, in small letters. */
export const mediaType = (request) => String(request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();

export const newTrace = () => randomBytes(8).toString('hex');

/** Changes exactly when the text does. */
export const etag = (text) => `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`;

function refuse(response, trace, error) {
  const { status = 500, code = 'internal', message, errors, retryAfter } =
    error instanceof Refusal ? error : { message: 'internal server error' };
  // The cause is for the log; outside, the trace id is enough.
  if (status >= 500) console.error(trace, error);
  const problem = { title: message, status, code, errors, traceId: trace };
  stamp(response);
  if (retryAfter) response.setHeader('Retry-After', retryAfter);
  response.writeHead(status, { 'Content-Type': 'application/problem+json' }).end(JSON.stringify(problem));
}
