// Two tabs with one voucher, against the running sandbox: one asks, both know.
import { expect, test } from '@playwright/test';

import { listen } from './faults.mjs';
import { createVoucher, pay } from './shop.mjs';

test('one tab asks and listens for both, and is replaced when it goes', async ({ context, baseURL }) => {
  const voucher = await createVoucher(baseURL);
  const link = new URL(`/v/#${voucher.token}`, baseURL);
  const tabs = [await open(context, link), await open(context, link)];
  for (const { page } of tabs) await expect(code(page)).toHaveText(voucher.reference);

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
  const tab = { page, questions: [], streams: [], complaints: listen(page) };
  page.on('request', request => {
    const { pathname } = new URL(request.url());
    if (/\/events$/.test(pathname)) tab.streams.push(pathname);
    else if (/\/vouchers\/[^/]+$/.test(pathname)) tab.questions.push(pathname);
  });
  await page.goto(link.href);
  return tab;
}

function code(page) {
  return page.locator('efecty-checkout [part~=reference] .groups').first();
}
