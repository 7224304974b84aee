// Pages that are really put aside and really hidden. Playwright switches the back/forward cache off and shows
// background tabs as visible, so these browsers are started apart, and each test first asserts that what it is
// about has happened.
import { chromium, expect, test } from '@playwright/test';

import { chrome, display } from './chrome.mjs';
import { listen } from './faults.mjs';
import { createVoucher, pay } from './shop.mjs';

const state = "document.querySelector('efecty-checkout').voucher?.status";

test('back from the back/forward cache, one question tells what has happened @slow', async ({ baseURL }) => {
  const screen = await display();
  test.skip(screen.why !== undefined, screen.why);
  const browser = await chromium.launch({
    headless: false,
    executablePath: process.env.CHROME_PATH,
    args: ['--disable-gpu', '--disable-background-networking'],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    env: { ...process.env, DISPLAY: screen.name },
  });
  try {
    const page = await browser.newPage();
    const complaints = listen(page);
    const voucher = await createVoucher(baseURL);
    await page.goto(new URL(`/v/#${voucher.token}`, baseURL).href);
    await expect.poll(() => page.evaluate(state)).toBe('pending');
    await page.evaluate(() => {
      window.shown = [];
      window.asked = 0;
      window.addEventListener('pageshow', event => window.shown.push(event.persisted));
      new PerformanceObserver(list => {
        window.asked += list.getEntries().filter(entry => /\/vouchers\/[^/]+$/.test(entry.name)).length;
      }).observe({ type: 'resource' });
    });
    await page.goto(new URL('/datos/', baseURL).href);
    await pay(baseURL, voucher);
    await page.waitForTimeout(3_000);
    // Playwright waits for ever for such a navigation to be one.
    await page.evaluate(() => void history.back());
    await expect.poll(() => page.evaluate(() => window.shown).catch(() => null)).toEqual([true]);
    await expect.poll(() => page.evaluate(state), { timeout: 3_000 }).toBe('paid');
    expect(await page.evaluate(() => window.asked)).toBe(1);
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
    screen.stop();
  }
});

test('a hidden tab asks nothing and leads nobody, and asks once when it is seen again @slow', async ({ baseURL }) => {
  test.setTimeout(90_000);
  const screen = await display();
  test.skip(screen.why !== undefined, screen.why);
  const browser = await chrome(process.env.CHROME_PATH, screen.name);
  try {
    const voucher = await createVoucher(baseURL);
    const url = new URL(`/v/#${voucher.token}`, baseURL).href;
    const questions = tab => tab.requests.filter(url => /\/vouchers\/[^/]+$/.test(url)).length;
    const streams = tab => tab.requests.filter(url => /\/events$/.test(url)).length;
    const says = (tab, status) => expect.poll(() => browser.evaluate(tab, state), { timeout: 10_000 }).toBe(status);
    const visibility = tab => browser.evaluate(tab, 'document.visibilityState');

    const first = await browser.open(url);
    await says(first, 'pending');
    await expect.poll(() => streams(first)).toBe(1);
    const second = await browser.open(url);
    await says(second, 'pending');
    // The second tab stands in front of the first: it is hidden, and hands over at once.
    await expect.poll(() => visibility(first)).toBe('hidden');
    expect(await visibility(second)).toBe('visible');
    await expect.poll(() => streams(second), { timeout: 2_000 }).toBe(1);

    const before = questions(first);
    await pay(baseURL, voucher);
    await says(second, 'paid');
    await new Promise(resolve => setTimeout(resolve, 15_000));
    expect(await visibility(first)).toBe('hidden');
    expect([questions(first), streams(first)], 'requests of the hidden tab').toEqual([before, 1]);
    expect(await browser.evaluate(first, state)).toBe('pending');

    await browser.show(first);
    await expect.poll(() => visibility(first)).toBe('visible');
    await says(first, 'paid');
    expect(questions(first)).toBe(before + 1);
    expect([first.complaints, second.complaints]).toEqual([[], []]);
  } finally {
    await browser.stop();
    screen.stop();
  }
});
