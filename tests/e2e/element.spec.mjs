// The element in a browser: its life, its events, its failures. The backend is made up in each test.
import { expect, test } from '@playwright/test';

import { Backend, fillIn, open, reaches, told } from './page.mjs';

const element = '<efecty-checkout endpoint="/api" order-id="A-1"><a href="/pay">Paga en Efecty</a></efecty-checkout>';

test('form, voucher, paid: each told once, in order', async ({ page }) => {
  const backend = new Backend();
  const complaints = await open(page, { body: element, backend });
  await reaches(page, 'form');
  await fillIn(page);
  await reaches(page, 'pending');
  backend.become('paid');
  await page.locator('efecty-checkout').evaluate(element => element.refresh());
  await reaches(page, 'paid');
  expect(await told(page, 'status', 'previous', 'initial')).toEqual([
    'efecty-ready',
    'efecty-voucher',
    'efecty-status pending  false',
    'efecty-status paid pending false',
    'efecty-paid paid pending false',
  ]);
  expect(await page.evaluate(() => window.violations)).toEqual([]);
  expect(complaints).toEqual([]);
});
