// What outlives a trap of the wasm module, and listeners that do everything forbidden.
import { readFile } from 'node:fs/promises';

import { expect, test } from '@playwright/test';
import binaryen from 'binaryen';

import { Backend, fillIn, open, reaches, token, told, voucher } from './page.mjs';

const withToken = `<efecty-checkout endpoint="/api" token="${token}"><a href="/pay">Paga en Efecty</a></efecty-checkout>`;
const withOrder = '<efecty-checkout endpoint="/api" order-id="A-1"><a href="/pay">Paga en Efecty</a></efecty-checkout>';

const slim = "import { init } from '/pkg/slim.js'; await init('/pkg/checkout.wasm');";

/** The module as built, but one of its exported functions traps. */
async function trapping(name) {
  const module = binaryen.readBinary(await readFile(new URL('../../pkg/checkout.wasm', import.meta.url)));
  const exported = binaryen.getExportInfo(module.getExport(name));
  binaryen.Function.setBody(module.getFunction(exported.value), module.unreachable());
  const body = Buffer.from(module.emitBinary());
  module.dispose();
  return { '/pkg/checkout.wasm': { body, contentType: 'application/wasm' } };
}

/** Runs `script` on the element with this index. */
function on(page, script, index = 0) {
  return page.locator('efecty-checkout').nth(index).evaluate(script);
}

/** `sábado 28/11/2026, 11:59 p. m.`, by the engine of the test. */
function inBogota(instant) {
  const of = options => new Intl.DateTimeFormat('es-CO', { timeZone: 'America/Bogota', ...options }).format(new Date(instant));
  const date = of({ day: '2-digit', month: '2-digit', year: 'numeric' });
  return `${of({ weekday: 'long' })} ${date}, ${of({ hour: 'numeric', minute: '2-digit', hour12: true })}`;
}

test.describe('a trap', () => {
  let files;

  test.beforeAll(async () => {
    files = await trapping('checkout_refresh');
  });

  test('the voucher goes on in a new instance; the second trap leaves it plain for good', async ({ page, context }) => {
    const backend = new Backend();
    const complaints = await open(page, { body: withToken, backend, main: slim, files });
    await reaches(page, 'voucher');
    await on(page, element => element.refresh());
    // At once, before anything else has run.
    const plain = await on(page, element => {
      element.refresh();
      return element.shadowRoot.textContent;
    });
    expect(plain).toContain('111992');
    await expect.poll(() => told(page, 'code', 'initial')).toEqual([
      'efecty-ready',
      'efecty-voucher',
      'efecty-status true',
      'efecty-error internal',
      'efecty-error internal',
    ]);
    const text = page.locator('efecty-checkout').locator('.card');
    for (const essential of ['Convenio', '111992', 'Referencia', '48772157429542', '$\u00a052.000', 'Paga antes del']) {
      await expect(text).toContainText(essential);
    }
    expect(await on(page, element => [element.state, element.voucher.networks[0].reference.value])).toEqual([
      'failure',
      '48772157429542',
    ]);
    await expect(text).toContainText(inBogota(voucher('pending').expiresAt));
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    for (const [what, code] of [['Convenio', '111992'], ['Referencia', '48772157429542'], ['Valor exacto', '52000']]) {
      await page.getByRole('button', { name: `Copiar ${what}` }).click();
      await expect(page.getByRole('button', { name: `Copiar ${what} ✓` })).toBeVisible();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
    }
    await page.getByRole('button', { name: 'Copiar datos para soporte' }).click();
    await expect(page.getByRole('button', { name: 'Copiar datos para soporte ✓' })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('internal · A-1');
    const requests = backend.requests.length;
    await on(page, element => {
      element.refresh();
      element.lang = 'en';
      element.shadowRoot.querySelector('.card').click();
      document.body.append(element);
    });
    await page.waitForTimeout(1_500);
    expect(backend.requests.length).toBe(requests);
    expect(complaints).toEqual([]);
  });

  test('after one trap everything works again, in every element on the page', async ({ page }) => {
    const backend = new Backend();
    const complaints = await open(page, { body: withToken + withOrder, backend, main: slim, files });
    await reaches(page, 'voucher');
    await page.getByLabel('Nombre').fill('María Ñáñez');
    await on(page, element => element.refresh());
    await expect(page.getByLabel('Nombre')).toHaveValue('María Ñáñez');
    await expect(page.locator('[data-press=copy-reference-0]')).toBeVisible();
    await fillIn(page);
    await expect(page.locator('.ticket')).toHaveCount(2);
    backend.become('paid');
    // An answer that is very young is not asked for again: hence more than once.
    await expect(async () => {
      await page.evaluate(() => window.dispatchEvent(new Event('online')));
      for (const index of [0, 1]) expect(await on(page, element => element.voucher.status, index)).toBe('paid');
    }).toPass();
    const events = await told(page, 'code', 'status', 'initial');
    expect(events.filter(event => event.startsWith('efecty-error'))).toEqual(['efecty-error internal']);
    expect(events.filter(event => event === 'efecty-ready').length).toBe(2);
    expect(events.filter(event => event.startsWith('efecty-status pending'))).toEqual([
      'efecty-status pending true',
      'efecty-status pending false',
    ]);
    expect(complaints).toEqual([]);
  });

  test('what was set on the element later starts it anew', async ({ page }) => {
    const backend = new Backend();
    await open(page, { body: withToken, backend, main: slim, files });
    await reaches(page, 'voucher');
    await on(page, element => {
      element.refresh();
      element.token = null;
      element.orderId = 'A-5';
    });
    await reaches(page, 'form');
    expect(backend.requests.at(-1).path).toBe('/api/orders/A-5');
  });

  test('a pickup goes on by its token', async ({ page }) => {
    const backend = new Backend();
    const pickup = voucher('pending', { kind: 'pickup', pickup: { pin: '987654', documents: ['CC'] } });
    const answer = { status: 200, contentType: 'application/json', body: JSON.stringify(pickup) };
    backend.instead.set(`GET /api/vouchers/${token}`, () => answer);
    await open(page, { body: withToken, backend, main: slim, files });
    await reaches(page, 'voucher');
    backend.instead.set(`GET /api/vouchers/${token}`, () => answer);
    await on(page, element => element.refresh());
    await expect.poll(() => backend.requests.length).toBe(2);
    await reaches(page, 'voucher');
    expect(await told(page, 'code')).not.toContain('efecty-error configuration');
  });
});

test('a trap while starting: what stands inside the element stays', async ({ page }) => {
  const files = await trapping('checkout_new');
  const complaints = await open(page, { body: withToken, backend: new Backend(), main: slim, files });
  await expect.poll(() => told(page, 'code')).toEqual(['efecty-error internal', 'efecty-error internal']);
  await expect(page.getByText('Paga en Efecty')).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a trap in a listener that runs while the module draws is dealt with once the module is done', async ({ page }) => {
  const files = await trapping('checkout_heard');
  const backend = new Backend();
  const complaints = await open(page, { body: withToken, backend, main: slim, files });
  await reaches(page, 'voucher');
  await on(page, element => {
    const { setAttribute } = Element.prototype;
    Element.prototype.setAttribute = function (...how) {
      Element.prototype.setAttribute = setAttribute;
      window.dispatchEvent(new Event('online'));
      setAttribute.apply(this, how);
    };
    element.lang = 'en';
  });
  await expect.poll(() => told(page, 'code')).toContain('efecty-error internal');
  await expect(page.getByText('Pay before')).toBeVisible();
  backend.become('paid');
  await on(page, element => element.refresh());
  await expect.poll(() => on(page, element => element.voucher.status)).toBe('paid');
  expect(complaints).toEqual([]);
});

// An exception thrown by the browser, deep in the module's own calls, unwinds it half way like a trap.
for (const [where, breakIt] of [
  ['taking in', () => (performance.now = () => { throw new WebAssembly.RuntimeError('unreachable'); })],
  ['drawing', () => {
    Node.prototype.insertBefore = () => 1;
    Object.defineProperty(Node.prototype, 'nodeValue', { set() { throw new WebAssembly.RuntimeError('unreachable'); } });
    Element.prototype.setAttributeNS = () => {};
  }],
]) {
  test(`broken off while ${where}: the voucher stays on screen`, async ({ page }) => {
    const backend = new Backend();
    const complaints = await open(page, { body: withToken, backend });
    await reaches(page, 'voucher');
    await page.evaluate(breakIt);
    backend.become('paid');
    await on(page, element => element.refresh());
    await expect.poll(() => told(page, 'code')).toContain('efecty-error internal');
    await expect(page.locator('efecty-checkout').locator('.card')).toContainText('48772157429542');
    expect(complaints).toEqual([]);
  });
}

test('listeners that do everything forbidden', async ({ page }) => {
  const backend = new Backend();
  const evil = `
    await import('/pkg/index.js');
    let left = 400;
    let turn = 0;
    const element = document.querySelector('efecty-checkout');
    const fields = () => element.shadowRoot.querySelectorAll('[data-field], button');
    const deeds = [
      () => element.refresh(),
      () => element.remove(),
      () => document.body.append(element),
      () => element.setAttribute('lang', turn % 2 ? 'en' : 'es'),
      () => element.setAttribute('order-id', turn % 3 ? 'A-1' : 'A-2'),
      () => (element.payer = { name: 'x' }),
      () => (element.fetch = turn % 2 ? (...how) => (misbehave(), fetch(...how)) : undefined),
      () => document.querySelector('div').append(element),
      () => fields().forEach(field => field.dispatchEvent(new Event('input', { bubbles: true }))),
      () => fields().forEach(field => field.click()),
      () => fields()[turn % 5]?.focus(),
      () => element.shadowRoot.querySelector('form')?.requestSubmit(),
      () => element.shadowRoot.querySelector('h2')?.remove(),
      () => (element.voucher = turn % 2 ? null : { broken: true }),
      () => element.shadowRoot.activeElement?.blur(),
      () => { throw new Error('evil'); },
    ];
    let depth = 0;
    window.misbehave = () => {
      if (left <= 0 || depth > 3) return;
      left -= 1;
      turn += 1;
      depth += 1;
      try {
        deeds[turn % deeds.length]();
      } finally {
        depth -= 1;
      }
    };
    const events = ['ready', 'invalid', 'voucher', 'status', 'paid', 'expired', 'error'].map(name => 'efecty-' + name);
    for (const type of [...events, 'focusin', 'focusout', 'input', 'click', 'submit', 'change', 'invalid']) {
      element.addEventListener(type, misbehave, true);
      element.shadowRoot.addEventListener(type, misbehave, true);
    }
    // What the module calls in the midst of drawing misbehaves as well.
    for (const [type, names] of [
      [Node, ['insertBefore', 'appendChild', 'removeChild']],
      [Element, ['setAttribute', 'removeAttribute']],
      [HTMLElement, ['focus']],
      [Storage, ['getItem', 'setItem']],
      [AbortController, ['abort']],
    ]) {
      for (const name of names) {
        const original = type.prototype[name];
        type.prototype[name] = function (...how) {
          const result = original.apply(this, how);
          try {
            misbehave();
          } catch {}
          return result;
        };
      }
    }
    window.isDone = () => left <= 0;
  `;
  const complaints = await open(page, { body: `<div></div>${withOrder}`, backend, main: evil });
  await expect
    .poll(() => page.evaluate(() => {
      document.querySelector('efecty-checkout') ?? document.body.append(window.element);
      misbehave();
      return window.isDone();
    }).catch(() => false), { timeout: 20_000 })
    .toBe(true);
  expect(await told(page, 'code')).not.toContain('efecty-error internal');
  // And then it works as ever.
  await on(page, element => {
    element.voucher = null;
    element.payer = null;
    element.fetch = undefined;
    element.lang = 'es';
    element.orderId = 'A-9';
    document.body.append(element);
  });
  await reaches(page, 'form');
  await fillIn(page);
  await reaches(page, 'voucher');
  expect(complaints.filter(text => !text.includes('evil'))).toEqual([]);
});
