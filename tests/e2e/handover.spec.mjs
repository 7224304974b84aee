// From what the server has rendered to the element's own screen: nothing on the page moves.
import { expect, test } from '@playwright/test';

import { listen } from './faults.mjs';
import { createVoucher, newOrder } from './shop.mjs';

let complaints;
test.beforeEach(({ page }) => (complaints = listen(page)));
test.afterEach(() => expect(complaints).toEqual([]));

for (const [width, height] of [[360, 740], [1280, 800]]) {
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height } });

    test('a voucher rendered by the server is taken over without a shift', async ({ page, baseURL }) => {
      const { orderId, reference } = await createVoucher(baseURL);
      const path = `/pedido/${orderId}`;
      await watch(page);
      const html = await (await page.request.get(path)).text();
      expect(html).toContain('class="ticket"');
      await slow(page);
      await page.goto(path, { waitUntil: 'commit' });
      const element = page.locator('efecty-checkout');
      // First what the server rendered, then the same numbers from the element.
      const fallback = element.locator('> article .ticket');
      await expect(fallback).toBeVisible();
      await expect(fallback).toContainText('Convenio');
      await expect(element.locator('[part=reference] .groups')).toHaveText(reference);
      await expect(fallback).toBeHidden();
      expect(await shift(page)).toBe(0);
    });

    test('the way to the form is taken over without a shift', async ({ page, baseURL }) => {
      await watch(page);
      await slow(page);
      const { orderId } = await newOrder(baseURL);
      await page.goto(`/pedido/${orderId}`, { waitUntil: 'commit' });
      await expect(page.getByRole('link', { name: 'Generar número de pago' })).toBeVisible();
      await expect(page.getByLabel('Nombre completo')).toBeVisible();
      await expect(page.getByRole('link', { name: 'Generar número de pago' })).toBeHidden();
      expect(await shift(page)).toBe(0);
    });
  });
}

test('where wasm is blocked the voucher rendered by the server stays', async ({ page, baseURL }) => {
  const { orderId, reference } = await createVoucher(baseURL);
  await page.addInitScript(() => delete globalThis.WebAssembly);
  await page.goto(`/pedido/${orderId}`);
  const fallback = page.locator('efecty-checkout > article');
  await expect.poll(() => page.locator('efecty-checkout').evaluate(element => element.state)).toBe('failure');
  await expect(fallback).toBeVisible();
  await expect(fallback.locator('.digits').last()).toHaveText(reference);
});

/** Lets the element come late, as on a slow line: what was there first is seen. */
async function slow(page) {
  await page.route('**/pkg/index.js', async route => {
    await new Promise(resolve => setTimeout(resolve, 600));
    await route.continue();
  });
}

/** Notes every layout shift from the start. */
async function watch(page) {
  await page.addInitScript(() => {
    window.shifts = [];
    const note = list => window.shifts.push(...list.getEntries());
    window.observer = new PerformanceObserver(note);
    window.observer.observe({ type: 'layout-shift', buffered: true });
  });
}

/** How much has moved so far, by the browser's own measure. */
async function shift(page) {
  await page.waitForTimeout(300);
  return page.evaluate(() => {
    window.shifts.push(...window.observer.takeRecords());
    return window.shifts.reduce((sum, { value }) => sum + value, 0);
  });
}
