// A merchant's backend for <efecty-checkout>: node server.mjs [--port N] [--db PATH] [--gateway URL]
//
// Keys come from the environment: EPAYCO_PUBLIC_KEY, EPAYCO_PRIVATE_KEY, EPAYCO_CUSTOMER_ID, EPAYCO_KEY.
// Without them it opens an account at the sandbox that `cargo xtask demo` runs.
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

import { accessBy } from './access.mjs';
import { ANSWERED, Refusal, answer, etag, json, mediaType, newTrace, read, stamp } from './answer.mjs';
import { confirmations } from './confirmations.mjs';
import { epayco } from './epayco.mjs';
import { files, orderPage } from './pages.mjs';
import { beneficiary, products } from './shop.mjs';
import { open, setting } from './store.mjs';
import { readWish, vouchers as vouchersOf } from './vouchers.mjs';

const TIDY_MILLIS = 1_000;
const KEEP_ALIVE_MILLIS = 15_000;
/** The convenio that this shop gets at the sandbox. */
const SANDBOX_AGREEMENT = '111993';

const { values: settings } = parseArgs({
  options: {
    port: { type: 'string', default: '8788' },
    db: { type: 'string', default: 'shop.db' },
    gateway: { type: 'string', default: 'http://127.0.0.1:8787' },
  },
});

const store = open(settings.db, products);
const server = createServer();
await new Promise((resolve, reject) => server.once('error', reject).listen(Number(settings.port), '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

const { options, credentials } = await account();
const gateway = epayco({ store, credentials, options });
const vouchers = vouchersOf({ store, gateway, origin });
const callbacks = confirmations({ store, gateway, vouchers });
const access = accessBy(setting(store, 'order-token-secret'));

/** Method and path -> what answers. A path's parameters are handed over in order. */
const routes = [
  ['GET', /^\/api\/efecty\/orders\/([^/]+)$/, showOrder],
  ['POST', /^\/api\/efecty\/vouchers$/, createVoucher],
  ['GET', /^\/api\/efecty\/vouchers\/([^/]+)$/, showVoucher],
  ['GET', /^\/api\/efecty\/vouchers\/([^/]+)\/events$/, followVoucher],
  ['POST', /^\/api\/efecty\/vouchers\/([^/]+)\/renew$/, renewVoucher],
  ['GET', /^\/api\/efecty\/confirmations\/epayco$/, receiveCallback],
  ['POST', /^\/api\/efecty\/confirmations\/epayco$/, receiveCallback],
  ['GET', /^\/pedido\/([^/]+)$/, showOrderPage],
  ['POST', /^\/pedido\/([^/]+)\/repetir$/, orderAgain],
  ['GET', /^\/console\/api\/state$/, showState],
];

server.on('request', (request, response) => {
  const trace = newTrace();
  return answer(response, trace, async () => {
    const { pathname } = new URL(request.url, origin);
    if (request.method === 'GET' && Object.hasOwn(files, pathname)) return files[pathname]();
    const fitting = routes.filter(([, path]) => path.test(pathname));
    if (fitting.length === 0) throw new Refusal(404, 'not-found', 'no such address');
    const route = fitting.find(([method]) => method === request.method);
    if (!route) throw new Refusal(405, 'method-not-allowed', `expected ${fitting.map(([method]) => method).join(' or ')}`);
    const [, path, handle] = route;
    return handle({ request, response, trace }, ...path.exec(pathname).slice(1).map(decoded));
  });
});

await vouchers.resume();
setInterval(() => vouchers.tidy().catch((error) => console.error(error)), TIDY_MILLIS).unref();
console.log(`ready ${origin}/`);
console.log(`   order     ${origin}/pedido/${products[0].orderId}`);

function decoded(parameter) {
  try {
    return decodeURIComponent(parameter);
  } catch {
    throw new Refusal(400, 'invalid-request', 'expected an address in UTF-8');
  }
}

function showOrder({ request }, orderId) {
  access.require(request, orderId);
  return json(vouchers.order(orderId));
}

async function createVoucher({ request, trace }) {
  if (mediaType(request) !== 'application/json') throw new Refusal(415, 'media-type', 'expected application/json');
  const key = String(request.headers['idempotency-key'] ?? '');
  if (!/^[\x21-\x7e]{8,128}$/.test(key)) {
    throw new Refusal(400, 'idempotency-key', 'expected the header Idempotency-Key with 8 to 128 printable characters');
  }
  const wish = readWish((await read(request)).toString());
  access.require(request, wish.orderId);
  const { row, isNew } = await vouchers.create({ ...wish, key, requestId: request.headers['request-id'] });
  return voucherAnswer(row, trace, { status: isNew ? 201 : 200 });
}

function showVoucher({ request, trace }, token) {
  return voucherAnswer(vouchers.find(token), trace, { known: request.headers['if-none-match'] });
}

async function renewVoucher({ trace }, token) {
  const { row, isNew } = await vouchers.renew(token);
  return voucherAnswer(row, trace, { status: isNew ? 201 : 200 });
}

/** The voucher, or 304 where the widget has it already. */
function voucherAnswer(row, trace, { status = 200, known = '' }) {
  const voucher = vouchers.show(row);
  const headers = { ETag: etag(JSON.stringify(voucher)) };
  const names = known.split(',').map((name) => name.trim().replace(/^W\//, ''));
  if (names.includes(headers.ETag) || names.includes('*')) return { status: 304, headers };
  return json({ ...voucher, serverTime: new Date().toISOString(), traceId: trace }, { status, headers });
}

/** The voucher at once, and again on each change; the connection stays open. */
function followVoucher({ request, response, trace }, token) {
  vouchers.find(token);
  return new Promise((resolve) => {
    const tell = () => {
      const voucher = { ...vouchers.show(vouchers.find(token)), serverTime: new Date().toISOString(), traceId: trace };
      response.write(`data: ${JSON.stringify(voucher)}\n\n`);
    };
    stamp(response);
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    tell();
    vouchers.changes.on(token, tell);
    const beat = setInterval(() => response.write(':\n\n'), KEEP_ALIVE_MILLIS);
    request.once('close', () => {
      vouchers.changes.off(token, tell);
      clearInterval(beat);
      resolve(ANSWERED);
    });
  });
}

function receiveCallback({ request }) {
  return callbacks.receive(request);
}

function showOrderPage(_, orderId) {
  const order = store.get('SELECT * FROM orders WHERE id = ?', orderId);
  if (!order) throw new Refusal(404, 'unknown-order', 'no such order');
  return orderPage(order, access.sign(orderId));
}

/** A new order for the same product, under the next number. */
function orderAgain(_, orderId) {
  const id = store.write(() => {
    const order = store.get('SELECT * FROM orders WHERE id = ?', orderId);
    if (!order) throw new Refusal(404, 'unknown-order', 'no such order');
    const { last } = store.get('SELECT max(CAST(substr(id, 3) AS INTEGER)) AS last FROM orders');
    store.run('INSERT INTO orders VALUES (?, ?, ?, ?)', `A-${last + 1}`, order.name, order.pesos, Date.now());
    return `A-${last + 1}`;
  });
  return { status: 303, headers: { Location: `/pedido/${id}` } };
}

/** The tables, for whoever runs the shop. A real shop asks who that is. */
function showState() {
  const history = store.all('SELECT * FROM history ORDER BY id');
  const rows = store.all('SELECT * FROM vouchers ORDER BY created_at DESC, rowid DESC LIMIT 200');
  const lines = rows.map(({ token, order_id: orderId, status, pesos, consent, request_id: requestId, created_at: at }) => {
    const { version: consentVersion, acceptedAt } = JSON.parse(consent);
    return {
      token, orderId, status, pesos, requestId, consentVersion, consentAcceptedAt: Date.parse(acceptedAt), consentRecordedAt: at,
      history: history.filter((step) => step.token === token),
    };
  });
  const received = store.all(
    `SELECT id, received_at AS receivedAt, url, CAST(body AS TEXT) AS body, body_length AS bodyLength, verdict, reason, token
     FROM callbacks ORDER BY id DESC LIMIT 200`,
  );
  return json({ now: Date.now(), merchant: { vouchers: lines, callbacks: received } });
}

/** The keys and addresses of the gateway. */
async function account() {
  const { EPAYCO_PUBLIC_KEY, EPAYCO_PRIVATE_KEY, EPAYCO_CUSTOMER_ID, EPAYCO_KEY } = process.env;
  const confirmationUrl = `${origin}/api/efecty/confirmations/epayco`;
  if (EPAYCO_KEY) {
    const credentials = {
      publicKey: EPAYCO_PUBLIC_KEY, privateKey: EPAYCO_PRIVATE_KEY, customerId: EPAYCO_CUSTOMER_ID, key: EPAYCO_KEY,
    };
    return { credentials, options: { confirmationUrl, payerIp: '127.0.0.1' } };
  }
  return {
    credentials: await sandboxAccount(),
    options: { baseUrl: new URL('/gateway', settings.gateway).href, confirmationUrl, payerIp: '127.0.0.1' },
  };
}

/** The account at the sandbox's gateway, opened on the first start. */
async function sandboxAccount() {
  const name = `account at ${settings.gateway}`;
  const known = store.get('SELECT value FROM settings WHERE name = ?', name);
  if (known) return JSON.parse(known.value);
  const response = await fetch(new URL('/console/api/accounts', settings.gateway), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ merchantName: beneficiary.name, agreement: SANDBOX_AGREEMENT }),
  });
  if (!response.ok) throw new Error(`the sandbox opens no account: ${response.status}`);
  const opened = await response.text();
  return JSON.parse(setting(store, name, () => opened));
}
