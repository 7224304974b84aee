// Backends' answers, against the description that merchants build from.
import { expect } from '@playwright/test';

import { assertAnswer } from '../node/answers.mjs';
import { assertFollows } from '../node/contract.mjs';
import { newOrder } from './shop.mjs';
import { SHOPS, test } from './shops.mjs';

for (const shop of SHOPS) {
  test.describe(shop, () => {
    test.use({ shop });
    test('every call is answered as described', callAll);
    test('a forged confirmation changes nothing, and is kept as refused', forge);
  });
}

async function callAll({ baseURL }) {
  const { orderId, orderToken } = await newOrder(baseURL);
  const permitted = { 'Order-Token': orderToken };
  const ask = async (operation, status, path, init) => {
    const response = await fetch(new URL(`/api/efecty${path}`, baseURL), init);
    expect(response.status, path).toBe(status);
    await assertAnswer(operation, response);
    return response;
  };
  const create = (status, headers, wish) =>
    ask('createVoucher', status, '/vouchers', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...permitted, ...headers },
      body: JSON.stringify(wish),
    });

  await ask('getOrder', 403, `/orders/${orderId}`);
  const order = await (await ask('getOrder', 200, `/orders/${orderId}`, { headers: permitted })).json();

  const key = { 'Idempotency-Key': `wire-${orderId}-0001`, 'Request-Id': 'wire-spec' };
  const wish = {
    orderId,
    payer: {
      document: { type: 'CC', number: '1020304050' },
      name: 'María Ñáñez',
      email: 'maria@correo.example',
      phone: '+573001234567',
    },
    consent: { version: order.consent.version, acceptedAt: order.serverTime },
  };
  assertFollows('createVoucher', wish);
  await create(400, {}, wish);
  await create(400, key, { orderId });
  await create(403, { ...key, 'Order-Token': 'forged' }, wish);
  await create(415, { ...key, 'Content-Type': 'text/plain' }, wish);
  await create(422, key, { ...wish, payer: { document: { type: 'NIT', number: '901234567', checkDigit: '1' } } });
  const voucher = await (await create(201, key, wish)).json();
  await create(200, key, wish);

  const path = `/vouchers/${voucher.token}`;
  const answer = await ask('getVoucher', 200, path);
  await ask('getVoucher', 304, path, { headers: { 'If-None-Match': answer.headers.get('ETag') } });
  await ask('getVoucher', 404, '/vouchers/0123456789abcdef');
  await ask('renewVoucher', 404, '/vouchers/0123456789abcdef/renew', { method: 'POST', headers: key });

  const { events } = voucher.links;
  const stream = await fetch(new URL(events, baseURL));
  await assertAnswer('followVoucher', stream);
  assertFollows('voucher', await firstEvent(stream));
}

async function forge({ baseURL }) {
  const state = async () => (await (await fetch(new URL('/console/api/state', baseURL))).json()).merchant;
  const statuses = async () => (await state()).vouchers.map(({ token, status }) => [token, status]);
  const before = await statuses();
  const form = new URLSearchParams({
    x_cust_id_cliente: '1', x_ref_payco: '374389735', x_transaction_id: '1', x_amount: '52000', x_currency_code: 'COP',
    x_cod_transaction_state: '1', x_signature: '0'.repeat(64),
  });
  const response = await fetch(new URL('/api/efecty/confirmations/epayco', baseURL), { method: 'POST', body: form });
  expect(response.status).toBe(400);
  expect((await state()).callbacks[0]).toMatchObject({ verdict: 'refused' });
  expect(await statuses()).toEqual(before);
}

async function firstEvent(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('\n\n')) text += (await reader.read()).value;
  await reader.cancel();
  return JSON.parse(text.match(/^data: ?(.*)$/m)[1]);
}
