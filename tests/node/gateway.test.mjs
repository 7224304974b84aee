// Gateways from JavaScript, their signatures made by Node's own crypto.
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import {
  applyCallback, gatewayNames, paymentRequest, statusFromGateway, verifyCallback, voucherFromGateway,
} from '../../pkg/server.js';

const fixture = name => readFileSync(new URL(`../fixtures/gateway/${name}`, import.meta.url), 'utf8');
const now = '2026-07-03T00:50:08.000Z';
const millis = String(Date.parse(now));
const hmac = (key, text, encoding = 'hex') => createHmac('sha256', key).update(text).digest(encoding);
const hash = (name, text) => createHash(name).update(text).digest('hex');

test('a reference keeps its digits', () => {
  const raw = fixture('payu-created.json').replace('"REFERENCE": 857120993', '"REFERENCE": 90071992547409931');
  const voucher = voucherFromGateway('payu', raw, {
    token: 'an-unguessable-token', orderId: 'A-1042', amount: 65000, beneficiary: { name: 'Tienda' }, now,
  });
  assert.equal(voucher.networks[0].reference.value, '90071992547409931');
  assert.equal(statusFromGateway('payu', raw).status, 'pending');
});

test('a request names everything that is missing', () => {
  const request = {
    invoice: 'A-1042-1', description: 'Pedido', amount: 20000, now, credentials: {},
    payer: { document: { type: 'CC', number: '1020304050' }, name: 'Ana Gómez', email: 'ana@example.com' },
  };
  assert.throws(() => paymentRequest('dlocal', request), { code: 'credential', path: 'xLogin, xTransKey, secretKey' });
  const credentials = { xLogin: 'login', xTransKey: 'trans', secretKey: 'secret' };
  const { headers, body, url } = paymentRequest('dlocal', { ...request, credentials });
  assert.equal(url, 'https://api.dlocal.com/payments');
  const signature = hmac('secret', 'login' + headers['X-Date'] + body);
  assert.equal(headers.Authorization, `V2-HMAC-SHA256, Signature: ${signature}`);
});

const paid = fixture('kushki-paid.json');
const dlocal = fixture('dlocal-paid.json');
const cases = [
  ['kushki', { webhookSecret: 's' }, paid, {
    'x-kushki-signature': hmac('s', `${paid}.${millis}`), 'x-kushki-id': millis,
  }],
  ['dlocal', { xLogin: 'l', secretKey: 's' }, dlocal, {
    'x-login': 'l', 'x-date': now, authorization: `V2-HMAC-SHA256, Signature: ${hmac('s', `l${now}${dlocal}`)}`,
  }],
  ['mercadopago', { webhookSecret: 's' }, '', {
    'x-request-id': 'r', 'x-signature': `ts=${millis},v1=${hmac('s', `id:12;request-id:r;ts:${millis};`)}`,
  }, 'https://tienda.example/mp?data.id=12&type=payment'],
  ...['md5', 'sha1', 'sha256'].map(algorithm => [
    'payu', { apiKey: 'k', merchantId: '1', algorithm },
    `merchant_id=1&reference_sale=A&reference_pol=9&value=65000.00&currency=COP&state_pol=4&sign=${
      hash(algorithm, 'k~1~A~65000.0~COP~4')}`,
    {},
  ]),
];

for (const [gateway, credentials, rawBody, headers, url] of cases) {
  test(`what Node signs for ${gateway} (${credentials.algorithm ?? 'hmac'}) is authentic, and nothing else`, () => {
    const bytes = new TextEncoder().encode(rawBody);
    for (const form of [headers, new Headers(headers), Object.entries(headers)]) {
      const found = verifyCallback(gateway, { headers: form, rawBody: bytes, url }, credentials, { now });
      assert.equal(found.authentic, true, found.reason);
    }
    const secret = Object.keys(credentials).find(name => ['s', 'k'].includes(credentials[name]));
    const other = { ...credentials, [secret]: 'x' };
    assert.equal(verifyCallback(gateway, { headers, rawBody, url }, other, { now }).reason, 'signature');
    const empty = { ...credentials, [secret]: '' };
    assert.throws(() => verifyCallback(gateway, { headers, rawBody, url }, empty, { now }), { code: 'credential' });
  });
}

test('a payment is applied once', () => {
  const event = { paymentId: '1', status: 'paid', amount: 20000, currency: 'COP', at: now };
  const order = { paymentId: '1', amount: 20000, currency: 'COP', status: 'pending', acceptsLate: true };
  const { order: moved, outcome } = applyCallback(order, event);
  assert.deepEqual([moved.status, outcome], ['paid', 'applied']);
  assert.deepEqual(applyCallback(moved, event), { order: moved, outcome: 'unchanged' });
});

test('no text makes a gateway fail in another way than by its error', () => {
  for (const gateway of gatewayNames()) {
    for (const raw of ['', '{', '[]', '{}', '<a>', '[['.repeat(100_000), '{"code":"SUCCESS"}', `{"id":${'9'.repeat(1e5)}}`]) {
      assert.throws(() => statusFromGateway(gateway, raw), error => typeof error.code === 'string', `${gateway} ${raw.slice(0, 20)}`);
    }
  }
});
