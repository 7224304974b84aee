// Two tabs with one voucher, against the running sandbox: one asks, both know.
import { expect, test } from '@playwright/test';

test('one tab asks and listens for both, and is replaced when it goes', async ({ context, baseURL }) => {
  const { orderId, orderToken } = await newOrder(baseURL);
  const voucher = await create(baseURL, orderId, orderToken);
  const link = new URL(voucher.links.handover);
  const tabs = [await open(context, link), await open(context, link)];
  for (const { page } of tabs) await expect(code(page)).toHaveText(voucher.networks[0].reference.value);

  // One stream between them, and no more than the first question from the other.
  await expect.poll(() => tabs.filter(tab => tab.streams.length > 0).length).toBe(1);
  const [leader, follower] = tabs[0].streams.length > 0 ? tabs : tabs.toReversed();
  const before = follower.questions.length;
  await follower.page.waitForTimeout(6_000);
  expect(follower.streams).toEqual([]);
  expect(follower.questions.length).toBe(before);

  // The leader is closed: the other listens instead.
  await leader.page.close();
  await expect.poll(() => follower.streams.length, { timeout: 5_000 }).toBe(1);

  // Paid at the outlet: the stream says so without a question from the schedule.
  await pay(baseURL, voucher);
  await expect(follower.page.getByRole('heading', { name: 'Recibimos tu pago' })).toBeVisible({ timeout: 20_000 });
  expect([...leader.complaints, ...follower.complaints]).toEqual([]);
});

async function open(context, link) {
  const page = await context.newPage();
  const tab = { page, questions: [], streams: [], complaints: [] };
  page.on('request', request => {
    const { pathname } = new URL(request.url());
    if (/\/events$/.test(pathname)) tab.streams.push(pathname);
    else if (/\/vouchers\/[^/]+$/.test(pathname)) tab.questions.push(pathname);
  });
  page.on('console', message => message.type() === 'error' && tab.complaints.push(message.text()));
  page.on('pageerror', error => tab.complaints.push(String(error)));
  await page.goto(link.href);
  return tab;
}

function code(page) {
  return page.locator('efecty-checkout [part~=reference] .groups').first();
}

async function newOrder(baseURL) {
  const again = await fetch(new URL('/pedido/A-1042/repetir', baseURL), { method: 'POST' });
  const orderId = new URL(again.url).pathname.split('/').at(-1);
  const [, orderToken] = (await again.text()).match(/order-token="([^"]+)"/);
  return { orderId, orderToken };
}

async function create(baseURL, orderId, orderToken) {
  const headers = { 'Content-Type': 'application/json', 'Order-Token': orderToken };
  const order = await (await fetch(new URL(`/api/efecty/orders/${orderId}`, baseURL), { headers })).json();
  const response = await fetch(new URL('/api/efecty/vouchers', baseURL), {
    method: 'POST',
    headers: { ...headers, 'Idempotency-Key': `tabs-${orderId}`, 'Request-Id': 'tabs-spec' },
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
  return response.json();
}

async function pay(baseURL, voucher) {
  const [{ agreement, reference }] = voucher.networks;
  const response = await fetch(new URL('/outlet/api/payments', baseURL), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ agreement: agreement.code, reference: reference.value, pesos: voucher.amount.pesos }),
  });
  expect(response.ok, await response.text()).toBe(true);
}
