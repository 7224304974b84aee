// Tabs with one voucher: one asks, all know; and where tabs cannot agree, each asks for itself.
import { readFile } from 'node:fs/promises';

import { expect, test } from '@playwright/test';

import { listen } from './faults.mjs';
import { Backend, fillIn, json, open as visit, reaches, told, token, voucher } from './page.mjs';
import { createVoucher, pay } from './shop.mjs';

const element = `<efecty-checkout endpoint="/api" token="${token}"></efecty-checkout>`;

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

test('in a sandboxed frame, whose origin is no one\'s, payment is found by asking', async ({ page }) => {
  const backend = new OpenBackend();
  const script = await readFile(new URL('../../pkg/index.js', import.meta.url));
  const files = {
    '/frame': {
      body: `<!doctype html><script type="module" src="/pkg/index.js"></script>${element}`,
      contentType: 'text/html',
    },
    '/pkg/index.js': { body: script, contentType: 'text/javascript', headers: anyOrigin },
  };
  const body = '<iframe sandbox="allow-scripts" src="/frame"></iframe>';
  await visit(page, { body, backend, main: '', files, csp: "default-src 'self'" });
  const frame = page.frameLocator('iframe').locator('efecty-checkout');
  const status = () => frame.evaluate(element => element.voucher?.status);
  await expect.poll(status).toBe('pending');
  const refusal = await frame.evaluate(() => navigator.locks.request('any', () => 'given').catch(error => error.name));
  expect(refusal).toBe('SecurityError');
  backend.become('paid');
  await expect.poll(status, { timeout: 20_000 }).toBe('paid');
});

/** What a browser may lack or forbid, by a script that takes it away. */
const lacks = {
  'locks are refused': `navigator.locks.request = () => Promise.reject(new DOMException('no', 'SecurityError'))`,
  'locks are aborted': `navigator.locks.request = () => Promise.reject(new DOMException('no', 'AbortError'))`,
  'locks are never given': 'navigator.locks.request = () => new Promise(() => {})',
  'there are no locks': `Object.defineProperty(navigator, 'locks', { value: undefined })`,
  'there are no channels': `window.BroadcastChannel = class { constructor() { throw new DOMException('no', 'SecurityError'); } }`,
  'streams are missing': 'delete window.EventSource',
  'streams are refused': `window.EventSource = class { constructor() { throw new DOMException('no', 'SecurityError'); } }`,
};

test('where tabs cannot agree, or no stream opens, payment is found by asking', async ({ browser }) => {
  test.setTimeout(90_000);
  await Promise.all(Object.entries(lacks).map(([what, spoil]) => findsPayment(browser, what, spoil)));
});

async function findsPayment(browser, what, spoil) {
  const page = await browser.newPage();
  const backend = new Backend();
  backend.become('pending');
  const links = what.startsWith('streams') ? { events: `/api/vouchers/${token}/events` } : {};
  backend.instead.set(`GET /api/vouchers/${token}`, () => json(voucher('pending', { links }), { etag: '"1"' }));
  const complaints = await visit(page, { body: element, backend, main: `${spoil}; await import('/pkg/index.js');` });
  await reaches(page, 'voucher');
  // One more question had been planned before anybody knew who leads.
  const questions = () => backend.count(`GET /api/vouchers/${token}`);
  await expect.poll(questions, { message: what, timeout: 30_000 }).toBeGreaterThan(1);
  backend.become('paid');
  const status = () => page.evaluate(() => document.querySelector('efecty-checkout').voucher.status);
  await expect.poll(status, { message: what, timeout: 40_000 }).toBe('paid');
  expect(await told(page, 'code'), what).not.toContain('efecty-error internal');
  expect(complaints, what).toEqual([]);
  await page.close();
}

test('locks that were refused are not asked for again', async ({ page }) => {
  const main = `
    window.asked = 0;
    navigator.locks.request = () => (asked += 1, Promise.reject(new DOMException('no', 'SecurityError')));
    await import('/pkg/index.js');
  `;
  await visit(page, { body: element, backend: new Backend(), main });
  await reaches(page, 'voucher');
  for (let i = 0; i < 5; i += 1) {
    await seen(page, false);
    await seen(page, true);
  }
  await page.waitForTimeout(200);
  expect(await page.evaluate(() => asked)).toBe(1);
});

test('a tab that was robbed of the lead is next when the robber hides', async ({ page, context }) => {
  const backend = new Backend();
  const holder = () => page.evaluate(async () => (await navigator.locks.query()).held.map(lock => lock.clientId));
  // It is there, but its answers are lost.
  const mute = `
    const { postMessage } = BroadcastChannel.prototype;
    BroadcastChannel.prototype.postMessage = function (text) {
      if (!text.startsWith('pong')) postMessage.call(this, text);
    };
    await import('/pkg/index.js');
  `;
  await visit(page, { body: element, backend, main: mute });
  await expect.poll(async () => (await holder()).length).toBe(1);
  const [robbed] = await holder();
  const other = await context.newPage();
  await visit(other, { body: element, backend });
  await reaches(other, 'voucher');
  await expect.poll(async () => (await holder())[0] !== robbed, { timeout: 10_000 }).toBe(true);
  await seen(other, false);
  // Sooner than a silent leader would be replaced.
  await expect.poll(holder, { timeout: 3_000 }).toEqual([robbed]);
});

test('a form that is sent in a second tab leaves what the first has kept', async ({ page, context }) => {
  const form = '<efecty-checkout endpoint="/api" order-id="A-1"></efecty-checkout>';
  const [backend, other] = [new Backend(), new Backend()];
  const second = await context.newPage();
  await visit(page, { body: form, backend });
  await visit(second, { body: form, backend: other });
  await reaches(second, 'form');
  await fillIn(page);
  await reaches(page, 'voucher');
  other.instead.set('POST /api/vouchers', () => new Promise(() => {}));
  await fillIn(second);
  await expect.poll(() => other.count('POST /api/vouchers')).toBe(1);
  // Without network the first has nothing but what was kept.
  backend.answer = route => route.abort();
  await page.reload();
  await expect(page.locator('.ticket')).toContainText('111992');
});

const anyOrigin = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Retry-After, Server-Time',
};

/** A backend that answers pages of any origin. */
class OpenBackend extends Backend {
  answer(route) {
    const fulfill = answer => route.fulfill({ ...answer, headers: { ...answer.headers, ...anyOrigin } });
    return super.answer({ request: () => route.request(), fulfill });
  }
}

/** Shows or hides a page, as far as it can tell. */
function seen(page, isSeen) {
  return page.evaluate(isSeen => {
    Object.defineProperty(document, 'hidden', { value: !isSeen, configurable: true });
    Object.defineProperty(document, 'visibilityState', { value: isSeen ? 'visible' : 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isSeen);
}

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
