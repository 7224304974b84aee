// What outlives a visit, and what changes while nobody looks: against the running sandbox.
import { expect, test } from '@playwright/test';

import { listen } from './faults.mjs';
import { createVoucher, newOrder, pay, post, vouchersOf } from './shop.mjs';

let complaints;
test.beforeEach(({ page }) => (complaints = listen(page)));
test.afterEach(() => expect(complaints).toEqual([]));

test('what old visits left behind goes, and nothing else', async ({ page, baseURL }) => {
  const { token } = await createVoucher(baseURL);
  await page.goto('/datos/');
  await page.evaluate(() => {
    const until = at => JSON.stringify({ token: 'tok_0123456789abcdef', until: new Date(Date.now() + at).toISOString() });
    const day = 86_400_000;
    localStorage.setItem('efecty-checkout:https://a.example:order:1', until(-day));
    localStorage.setItem('efecty-checkout:https://a.example:order:2', until(day));
    localStorage.setItem('efecty-checkout:https://a.example:order:3', '{"nonsense":');
    localStorage.setItem('efecty-checkout:https://a.example:order:4', '{"key":"0123456789abcdef0123456789abcdef"}');
    localStorage.setItem('somebody-else', 'theirs');
  });
  await page.goto(`/v/#${token}`);
  const slots = () => page.evaluate(() => Object.keys(localStorage).sort());
  const own = new RegExp(`:voucher:${token}$`);
  const others = async () => (await slots()).filter(slot => !own.test(slot));
  await expect.poll(others).toEqual(['efecty-checkout:https://a.example:order:2', 'somebody-else']);
  expect(await slots()).toHaveLength(3);
});

test('an amount that changes under a live voucher', async ({ page, baseURL }) => {
  const old = await createVoucher(baseURL);
  await page.goto(`/v/#${old.token}`);
  const reference = page.locator('efecty-checkout [part~=reference] .groups').first();
  await expect(reference).toHaveText(old.reference);
  const changed = await post(new URL(`/console/api/orders/${old.orderId}/amount`, baseURL), { pesos: 61_500 });
  expect(changed.status).toBe(200);

  // Nobody is left with codes for the old amount: they go, and lead to the new ones.
  await expect(page.getByRole('heading', { name: 'Hay un número de pago más nuevo' })).toBeVisible({ timeout: 15_000 });
  await page.getByRole('button', { name: 'Ver el número nuevo' }).click();
  await expect(page.locator('efecty-checkout [part~=ticket]')).toContainText('$\u00a061.500');
  await expect(reference).not.toHaveText(old.reference);
  const vouchers = await vouchersOf(baseURL, old.orderId);
  expect(vouchers.map(({ status, pesos }) => [status, pesos])).toEqual([['superseded', old.pesos], ['pending', 61_500]]);

  // An outlet may still take money for the old ones: the shop learns of it, and that it came for nothing.
  await pay(baseURL, old);
  const statuses = async () => (await vouchersOf(baseURL, old.orderId)).map(({ status }) => status);
  await expect.poll(statuses, { timeout: 10_000 }).toEqual(['late_review', 'pending']);
});

test('who has pressed "Ya pagué" is not asked to pay again after a reload', async ({ page, baseURL }) => {
  const voucher = await createVoucher(baseURL);
  await page.goto(`/v/#${voucher.token}`);
  await page.getByRole('button', { name: 'Ya pagué' }).click();
  const waits = page.getByRole('heading', { name: 'Estamos esperando la confirmación' });
  await expect(waits).toBeVisible();
  await page.reload();
  await expect(waits).toBeVisible();
  await expect(page.locator('efecty-checkout [part~=ticket]')).toHaveCount(0);

  await page.getByRole('button', { name: 'Todavía no he pagado' }).click();
  await page.reload();
  await expect(page.locator('efecty-checkout [part~=reference] .groups').first()).toHaveText(voucher.reference);
});

test('an e-mail corrected after creation: the same voucher, and the shop knows', async ({ browser, baseURL }) => {
  const { orderId } = await newOrder(baseURL);
  const context = await browser.newContext({ baseURL, locale: 'es-CO' });
  // Two tabs with the form; the second one is sent with the right address after the first.
  const [first, second] = [await context.newPage(), await context.newPage()];
  const heard = [first, second].map(page => listen(page));
  for (const page of [first, second]) await page.goto(`/pedido/${orderId}`);
  await send(first, 'mria@correo.com');
  const code = page => page.locator('efecty-checkout [part~=reference] .groups').first();
  await expect(code(first)).toBeVisible();
  await expect(first.locator('efecty-checkout')).toContainText('¿Diste un dato equivocado? Corrígelo con la tienda');
  await send(second, 'maria@correo.com');
  await expect(code(second)).toHaveText(await code(first).textContent());
  const vouchers = await vouchersOf(baseURL, orderId);
  expect(vouchers).toHaveLength(1);
  const mail = await (await fetch(new URL(`/console/correo/${vouchers[0].token}`, baseURL))).text();
  expect(mail).toContain('maria@correo.com');
  expect(mail).not.toContain('mria@correo.com');
  expect(heard).toEqual([[], []]);
  await context.close();
});

async function send(page, email) {
  await page.getByLabel('Número de documento').fill('1020304050');
  await page.getByLabel('Nombre completo').fill('María Ñáñez');
  await page.getByLabel('Celular').fill('300 123 4567');
  await page.getByLabel('Correo electrónico').fill(email);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Generar número de pago' }).click();
}
