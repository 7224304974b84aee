// Many elements on one page, moved, removed and changed at the worst moment: nothing goes on that nobody sees.
import { expect, test } from '@playwright/test';

import { Backend, fillIn, json, open, order, reaches, told, token, voucher } from './page.mjs';

const one = '<efecty-checkout endpoint="/api" order-id="A-1"></efecty-checkout>';

/** Records what is begun and not ended: timers, listeners on the page, locks, channels, streams. */
const ledger = `
  window.open_ = { timers: new Set(), listeners: 0, channels: 0, streams: 0, aborted: 0 };
  const set = window.setTimeout, clear = window.clearTimeout;
  window.setTimeout = (run, millis) => {
    const id = set(() => { open_.timers.delete(id); run(); }, millis);
    open_.timers.add(id);
    return id;
  };
  window.clearTimeout = id => { open_.timers.delete(id); clear(id); };
  for (const target of [window, document]) {
    const add = target.addEventListener, remove = target.removeEventListener;
    target.addEventListener = function (...all) { open_.listeners += 1; return add.apply(this, all); };
    target.removeEventListener = function (...all) { open_.listeners -= 1; return remove.apply(this, all); };
  }
  const Channel = window.BroadcastChannel;
  window.BroadcastChannel = class extends Channel {
    constructor(name) { super(name); open_.channels += 1; }
    close() { open_.channels -= 1; super.close(); }
  };
  window.put = () => {
    const element = document.createElement('efecty-checkout');
    element.setAttribute('endpoint', '/api');
    element.setAttribute('order-id', 'A-1');
    document.querySelector('main').append(element);
  };
  window.addEventListener('unhandledrejection', event => console.error(String(event.reason)));
`;
const files = { '/ledger.js': { body: ledger, contentType: 'text/javascript' } };
const main = "import '/ledger.js'; await import('/pkg/index.js');";

/** What is still under way: timers, listeners, channels, and locks held or waited for. */
function left(page) {
  return page.evaluate(async () => {
    const { held, pending } = await navigator.locks.query();
    return [open_.timers.size, open_.listeners, open_.channels, held.length + pending.length];
  });
}

test('an element that is removed leaves nothing behind, whatever it was doing', async ({ page }) => {
  test.setTimeout(60_000);
  const backend = new Backend();
  let release;
  const late = () => new Promise(resolve => (release = () => resolve(json(order('A-1')))));
  backend.instead.set('GET /api/orders/A-1', late);
  const complaints = await open(page, { body: '<main></main>', backend, main, files });
  await page.waitForFunction(() => customElements.get('efecty-checkout'));
  const nothing = await left(page);
  const put = () => page.evaluate(() => void window.put());
  const remove = () => page.evaluate(() => document.querySelector('main').replaceChildren());

  // While loading.
  await put();
  await expect.poll(() => backend.requests.length).toBe(1);
  await remove();
  release();
  await expect.poll(() => left(page)).toEqual(nothing);
  // In the same task as it was put there.
  await page.evaluate(() => {
    window.put();
    document.querySelector('main').replaceChildren();
  });
  // With the form on screen, and with the creation under way.
  await put();
  await reaches(page, 'form');
  await remove();
  await expect.poll(() => left(page)).toEqual(nothing);
  backend.instead.set('POST /api/vouchers', () => new Promise(() => {}));
  await put();
  await reaches(page, 'form');
  await fillIn(page);
  await expect.poll(() => backend.count('POST /api/vouchers')).toBe(1);
  await remove();
  await expect.poll(() => left(page)).toEqual(nothing);
  // With a voucher on screen that is asked about every second.
  await put();
  await reaches(page, 'form');
  await fillIn(page);
  await reaches(page, 'voucher');
  expect((await left(page))[3]).toBe(1);
  await remove();
  await expect.poll(() => left(page)).toEqual(nothing);
  const asked = backend.requests.length;
  await page.waitForTimeout(12_000);
  expect(backend.requests.length, 'requests for nobody').toBe(asked);
  expect(complaints).toEqual([]);
});

test('an element that is moved goes on as it was', async ({ page }) => {
  const backend = new Backend();
  await open(page, { body: `<main>${one}</main><aside></aside>`, backend, main, files });
  await reaches(page, 'form');
  await page.getByLabel('Nombre').fill('María');
  const asked = backend.requests.length;
  for (let i = 0; i < 20; i += 1) {
    await page.evaluate(i => {
      const place = document.querySelector(i % 2 ? 'main' : 'aside');
      place.append(document.querySelector('efecty-checkout'));
    }, i);
  }
  await expect(page.getByLabel('Nombre')).toHaveValue('María');
  expect(backend.requests.length).toBe(asked);
  expect((await told(page)).filter(type => type === 'efecty-ready')).toHaveLength(1);
});

test('attributes that change in flight: the last ones count, once', async ({ page }) => {
  const backend = new Backend();
  const complaints = await open(page, { body: one, backend, main, files });
  await reaches(page, 'form');
  backend.instead.set('POST /api/vouchers', async () => {
    await new Promise(resolve => setTimeout(resolve, 1_500));
    return json(voucher('paid'), { status: 201 });
  });
  await fillIn(page);
  await expect.poll(() => backend.count('POST /api/vouchers')).toBe(1);
  await page.evaluate(async () => {
    const element = document.querySelector('efecty-checkout');
    for (let i = 2; i < 30; i += 1) {
      element.setAttribute('order-id', `A-${i}`);
      if (i % 3 === 0) await null;
    }
  });
  await expect.poll(() => backend.count('GET /api/orders/A-29')).toBe(1);
  await page.waitForTimeout(2_000);
  await reaches(page, 'form');
  // The voucher of the order that was left is nobody's here.
  expect((await told(page, 'status')).filter(type => /paid|voucher/.test(type))).toEqual([]);
  await fillIn(page);
  await expect.poll(() => backend.count('POST /api/vouchers')).toBe(2);
  expect(JSON.parse(backend.requests.at(-1).body).orderId).toBe('A-29');
  expect(complaints).toEqual([]);
});

test('ten elements with one voucher ask like one @slow', async ({ page }) => {
  test.setTimeout(90_000);
  const backend = new Backend();
  const each = `<efecty-checkout endpoint="/api" token="${token}"></efecty-checkout>`;
  const complaints = await open(page, { body: `<main>${each.repeat(10)}</main>`, backend, main, files });
  const all = () => page.locator('efecty-checkout').evaluateAll(all => all.map(element => element.state));
  await expect.poll(all, { timeout: 20_000 }).toEqual(Array(10).fill('voucher'));
  // Each asks once more before it knows that another one leads.
  await page.waitForTimeout(12_000);
  const before = backend.requests.length;
  await page.waitForTimeout(12_000);
  expect(backend.requests.length - before).toBeLessThanOrEqual(3);
  await page.evaluate(() => document.querySelector('main').replaceChildren());
  await expect.poll(async () => (await left(page))[3]).toBe(0);
  expect(complaints).toEqual([]);
});
