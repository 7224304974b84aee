// The sandbox's own pages: under their policy, at both sizes, in both lights, with and without scripts.
import { createServer } from 'node:http';

import { expect, test } from '@playwright/test';

import { accessible, listen } from './faults.mjs';

const payer = {
  document: { type: 'CC', number: '1020304050' },
  name: 'Ana Ruiz',
  email: 'ana@example.com',
  phone: '+573001234567',
};

for (const colorScheme of ['light', 'dark']) {
  test.describe(`in the ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('every page keeps to its policy, fits and can be read by anybody', async ({ page, request }) => {
      test.slow();
      const { token } = await newVoucher(request);
      const complaints = listen(page);
      const paths = ['/', '/pedido/A-1043', '/pago/A-1043', `/comprobante/${token}`, `/console/correo/${token}`, '/outlet/', '/outlet/retiros/', '/console/', '/v/', '/datos/'];
      for (const path of paths) {
        await page.goto(path);
        if (path === '/console/') await page.locator('.line').first().waitFor();
        for (const viewport of [{ width: 1280, height: 800 }, { width: 360, height: 740 }]) {
          await page.setViewportSize(viewport);
          const overflows = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
          expect(overflows, `${path} at ${viewport.width}`).toBe(false);
        }
        await accessible(page, axe => axe.exclude('efecty-checkout'));
      }
      expect(complaints).toEqual([]);
    });
  });
}

test('language and light change on the spot, and stay', async ({ page }) => {
  const complaints = listen(page);
  await page.goto('/pedido/A-1043');
  await page.getByLabel('Nombre completo').fill('Ana');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'City bicycle, 7 gears' })).toBeVisible();
  await expect(page.getByLabel('Full name')).toHaveValue('Ana');
  const surface = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await surface();
  await page.getByRole('button', { name: 'Dark' }).click();
  expect(await surface()).not.toBe(before);
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Your orders' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Dark' })).toHaveAttribute('aria-pressed', 'true');
  expect(complaints).toEqual([]);
});

test('a code that was handed over shows its voucher', async ({ page, request }) => {
  const complaints = listen(page);
  const { token, networks } = await newVoucher(request);
  await page.goto(`/v/#${token}`);
  await expect(page.locator('efecty-checkout')).toContainText(networks[0].agreement.code);
  expect(complaints).toEqual([]);
});

test('the e-mail leads to the voucher', async ({ page, request }) => {
  const complaints = listen(page);
  const { token, networks } = await newVoucher(request);
  const asked = [];
  page.on('request', sent => asked.push(sent.url()));
  await page.goto('/console/');
  await page.locator('#vouchers .line').first().getByRole('link', { name: 'correo' }).click();
  await expect(page.getByText(payer.email)).toBeVisible();
  const personal = [payer.name, payer.phone, payer.document.number, payer.email];
  for (const text of personal.slice(0, 3)) await expect(page.getByText(text)).toHaveCount(0);
  await page.getByRole('link', { name: 'Abrir mi número de pago' }).click();
  await expect(page.locator('efecty-checkout')).toContainText(networks[0].agreement.code);
  expect(new URL(page.url()).hash).toBe(`#${token}`);
  // A fragment stays in the browser, and no address tells of a person.
  for (const url of asked) for (const text of personal) expect(decodeURIComponent(url)).not.toContain(text);
  expect(complaints).toEqual([]);
});

test('the console makes things happen', async ({ page, request }) => {
  const complaints = listen(page);
  const { token, networks } = await newVoucher(request);
  const number = networks[0].reference.value.slice(1);
  await expect.poll(() => callbacksOf(request, token)).toHaveLength(1);
  await page.goto('/console/');
  await expect(page.locator('#transactions')).toContainText(`P${number}`);
  const callback = page.locator('#callbacks .line').first();
  await callback.getByRole('button', { name: 'Falsificar el estado' }).click();
  await expect(page.locator('#says')).toContainText('{"status":400}');
  await expect(callback).toContainText('gateway-disagrees');
  const transaction = page.locator('#transactions .line').first();
  await transaction.getByRole('textbox').fill('40000');
  await transaction.getByRole('button', { name: 'Pagar este valor' }).click();
  await expect(page.locator('#vouchers .line').first()).toContainText('mismatch');
  expect(complaints).toEqual([]);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('an order is paid all the same', async ({ page, request }) => {
    await page.goto(await newOrder(request));
    await page.getByRole('link', { name: 'Generar número de pago' }).click();
    await page.getByLabel('Número de documento').fill('1020304050');
    await page.getByLabel('Nombre completo').fill('Ana Ruiz');
    await page.getByLabel('Celular').fill('300 123');
    await page.getByLabel('Correo').fill('ana@example.com');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Generar número de pago' }).click();
    await expect(page.locator('[id="error-phone"]')).toBeVisible();
    await page.getByLabel('Celular').fill('300 123 4567');
    await page.getByRole('button', { name: 'Generar número de pago' }).click();
    await expect(page.getByRole('heading', { name: 'Paga en efectivo en un punto Efecty' })).toBeVisible();

    const token = page.url().split('/').at(-1);
    await pay(request, await (await request.get(`/api/efecty/vouchers/${token}`)).json());
    await expect(async () => {
      await page.getByRole('link', { name: 'Consultar de nuevo' }).click();
      await expect(page.getByRole('heading', { name: 'Recibimos tu pago' })).toBeVisible({ timeout: 500 });
    }).toPass();
    await page.getByRole('button', { name: 'English' }).click();
    await expect(page.getByRole('heading', { name: 'We received your payment' })).toBeVisible();
  });
});

test('a page of another origin moves no money, whatever it sends', async ({ page, request, baseURL }) => {
  const voucher = await newVoucher(request);
  const [{ agreement, reference }] = voucher.networks;
  const payment = { agreement: agreement.code, reference: reference.value, pesos: voucher.amount.pesos };
  const elsewhere = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<title>Elsewhere</title>'));
  await new Promise(resolve => elsewhere.listen(0, '127.0.0.1', resolve));
  await page.goto(`http://localhost:${elsewhere.address().port}/`);
  const statuses = new Map();
  page.on('response', response => statuses.set(`${response.request().method()} ${new URL(response.url()).pathname}`, response.status()));
  await page.evaluate(async ({ outlet, console: state, body }) => {
    const send = init => fetch(outlet, { method: 'POST', body, ...init }).catch(() => {});
    await send({ mode: 'no-cors' });
    await send({ mode: 'no-cors', headers: { 'Content-Type': 'text/plain' } });
    await send({ headers: { 'Content-Type': 'application/json' } });
    await fetch(state, { mode: 'no-cors' }).catch(() => {});
  }, {
    outlet: new URL('/outlet/api/payments', baseURL).href,
    console: new URL('/console/api/state', baseURL).href,
    body: JSON.stringify(payment),
  });
  expect(statuses.get('POST /outlet/api/payments')).toBe(403);
  expect(statuses.get('GET /console/api/state')).toBe(403);
  const now = await (await request.get(`/api/efecty/vouchers/${voucher.token}`)).json();
  expect(now.status).toBe('pending');
  await pay(request, voucher);
  elsewhere.closeAllConnections();
  elsewhere.close();
});

/** The address of a new order for the coffee maker. */
async function newOrder(request) {
  const answer = await request.post('/pedido/A-1042/repetir', { maxRedirects: 0 });
  return answer.headers().location;
}

async function newVoucher(request) {
  const path = await newOrder(request);
  const [, orderToken] = (await (await request.get(path)).text()).match(/order-token="([^"]+)"/);
  const orderId = path.split('/').at(-1);
  const answer = await request.post('/api/efecty/vouchers', {
    headers: { 'Order-Token': orderToken, 'Idempotency-Key': `key-of-${orderId}` },
    data: { orderId, payer, consent: { version: '2026-11', acceptedAt: '2026-11-23T14:05:00Z' } },
  });
  expect(answer.status()).toBe(201);
  return answer.json();
}

async function pay(request, { networks: [{ agreement, reference }], amount }) {
  const data = { agreement: agreement.code, reference: reference.value, pesos: amount.pesos };
  const answer = await (await request.post('/outlet/api/payments', { data })).json();
  expect(answer.receipt).toBeDefined();
}

async function callbacksOf(request, token) {
  const { merchant } = await (await request.get('/console/api/state')).json();
  return merchant.callbacks.filter(callback => callback.token === token);
}
