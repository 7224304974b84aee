// The sandbox's shop, as a test uses it beside the browser.
import { expect } from '@playwright/test';

/** A new order, and the shop's permission for it. */
export async function newOrder(baseURL) {
  const again = await fetch(new URL('/pedido/A-1042/repetir', baseURL), { method: 'POST' });
  const orderId = new URL(again.url).pathname.split('/').at(-1);
  const [, orderToken] = (await again.text()).match(/order-token="([^"]+)"/);
  return { orderId, orderToken };
}

/** A voucher of a new order: its token, and what the outlet needs. */
export async function createVoucher(baseURL) {
  const { orderId, orderToken } = await newOrder(baseURL);
  const permission = { 'Content-Type': 'application/json', 'Order-Token': orderToken };
  const order = await (await fetch(new URL(`/api/efecty/orders/${orderId}`, baseURL), { headers: permission })).json();
  const response = await fetch(new URL('/api/efecty/vouchers', baseURL), {
    method: 'POST',
    headers: { ...permission, 'Idempotency-Key': `test-${orderId}`, 'Request-Id': 'test' },
    body: JSON.stringify({
      orderId,
      payer: {
        document: { type: 'CC', number: '1020304050' },
        name: 'María Ñáñez',
        email: 'maria@correo.example',
        phone: '+573001234567',
      },
      consent: { version: order.consent.version, acceptedAt: order.serverTime },
    }),
  });
  expect(response.status).toBe(201);
  const { token, networks, amount } = await response.json();
  const [{ agreement, reference }] = networks;
  return { orderId, token, agreement: agreement.code, reference: reference.value, pesos: amount.pesos };
}

/** Pays a voucher at the outlet. */
export async function pay(baseURL, { agreement, reference, pesos }) {
  const response = await post(new URL('/outlet/api/payments', baseURL), { agreement, reference, pesos });
  expect(response.ok, await response.text()).toBe(true);
}

/** The order's vouchers as the shop's tables have them, oldest first. */
export async function vouchersOf(baseURL, orderId) {
  const { merchant } = await (await fetch(new URL('/console/api/state', baseURL))).json();
  return merchant.vouchers.filter(line => line.orderId === orderId).toReversed();
}

/** Sends JSON. */
export function post(url, body) {
  return fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}
