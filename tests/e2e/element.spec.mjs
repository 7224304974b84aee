// The element in a browser: its life, its screens, its events. The backend is made up in each test.
import { expect, test } from '@playwright/test';

import { Backend, fillIn, json, open, order, reaches, token, told, voucher } from './page.mjs';

const element = '<efecty-checkout endpoint="/api" order-id="A-1"><a href="/pay">Paga en Efecty</a></efecty-checkout>';
const withToken = `<efecty-checkout endpoint="/api" token="${token}"><a href="/pay">Paga</a></efecty-checkout>`;
const defineLater = "window.define = () => import('/pkg/index.js');";

/** Runs `script` on the first element. */
function on(page, script, argument) {
  return page.locator('efecty-checkout').first().evaluate(script, argument);
}

test('form, voucher, paid: each told once, in order', async ({ page }) => {
  const backend = new Backend();
  const complaints = await open(page, { body: element, backend });
  await reaches(page, 'form');
  await fillIn(page);
  await reaches(page, 'voucher');
  backend.become('paid');
  await on(page, element => element.refresh());
  await expect.poll(() => on(page, element => element.voucher.status)).toBe('paid');
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

test('accepted late and settled later is paid once; what is found at the start is initial', async ({ page }) => {
  const backend = new Backend();
  backend.become('paid_late');
  const complaints = await open(page, { body: withToken, backend });
  await reaches(page, 'voucher');
  backend.become('paid');
  await on(page, element => element.refresh());
  await expect.poll(() => on(page, element => element.voucher.status)).toBe('paid');
  expect(await told(page, 'status', 'initial')).toEqual([
    'efecty-ready',
    'efecty-voucher',
    'efecty-status paid_late true',
    'efecty-paid paid_late true',
    'efecty-status paid false',
  ]);
  expect(complaints).toEqual([]);
});

test('an expired voucher is told as such', async ({ page }) => {
  const backend = new Backend();
  backend.become('expired');
  await open(page, { body: withToken, backend });
  await reaches(page, 'voucher');
  expect(await told(page, 'status', 'initial')).toContain('efecty-expired expired true');
});

test('a form that is not valid tells fields and codes, and nothing that was typed', async ({ page }) => {
  const complaints = await open(page, { body: element, backend: new Backend() });
  await page.getByLabel('Nombre').fill('Secreta Persona');
  await page.getByLabel('Correo').fill('secreta@gmial');
  await page.locator('button[type=submit]').click();
  await expect.poll(() => told(page)).toContain('efecty-invalid');
  const errors = await page.evaluate(() => window.told.find(event => event.type === 'efecty-invalid').errors);
  expect(errors[0]).toEqual({ field: 'document.number', code: 'required' });
  expect(errors.map(error => Object.keys(error))).toEqual(errors.map(() => ['field', 'code']));
  expect(JSON.stringify(errors)).not.toMatch(/secreta/i);
  // The first field that is wrong has the focus.
  expect(await on(page, element => element.shadowRoot.activeElement.dataset.field)).toBe('document.number');
  expect(complaints).toEqual([]);
});

test('an error that shows when a field is left does not move the button away under the click', async ({ page }) => {
  await open(page, { body: element, backend: new Backend() });
  await page.getByLabel('Correo').fill('maria@gmial');
  const submit = page.locator('button[type=submit]');
  await submit.scrollIntoViewIfNeeded();
  const box = await submit.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + 4);
  await page.mouse.down();
  await page.waitForTimeout(100);
  await page.mouse.up();
  await expect.poll(() => told(page)).toContain('efecty-invalid');
});

test('a click anywhere in the form but on its button sends nothing', async ({ page }) => {
  await open(page, { body: element, backend: new Backend() });
  await page.getByLabel('Nombre').click();
  await page.getByRole('heading').click();
  expect(await told(page)).toEqual(['efecty-ready']);
  await page.getByLabel('Nombre').press('Enter');
  await expect.poll(() => told(page)).toEqual(['efecty-ready', 'efecty-invalid']);
});

test('typing keeps the field, its focus and the caret while errors come and go', async ({ page }) => {
  await open(page, { body: element, backend: new Backend() });
  const number = page.getByLabel('Número de documento');
  await number.fill('10203');
  await on(page, element => (window.field = element.shadowRoot.querySelector('[data-field="document.number"]')));
  await number.evaluate(field => field.setSelectionRange(2, 2));
  await page.keyboard.type('x');
  await expect(page.locator('.msg')).toHaveCount(1);
  await page.keyboard.type('9');
  const caret = await number.evaluate(field => [field.value, field.selectionStart, field === window.field]);
  expect(caret).toEqual(['10x9.203', 4, true]);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Backspace');
  await expect(page.locator('.msg')).toHaveCount(0);
  expect(await on(page, element => element.shadowRoot.activeElement === window.field)).toBe(true);
});

test('a tick is kept though something is drawn before it is heard of', async ({ page }) => {
  await open(page, { body: element, backend: new Backend() });
  await reaches(page, 'form');
  await on(page, element => {
    element.addEventListener('click', () => (element.lang = element.lang === 'en' ? 'es' : 'en'));
  });
  await page.getByRole('checkbox').check();
  await expect(page.getByLabel('Full name')).toBeVisible();
  await expect(page.getByRole('checkbox')).toBeChecked();
});

test('a lone surrogate is told to the shopper, never replaced', async ({ page }) => {
  await open(page, { body: element, backend: new Backend() });
  await page.getByLabel('Nombre').evaluate(field => {
    field.value = 'Mar\ud800ía';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await expect(page.locator('.msg')).toHaveCount(1);
  expect(await page.getByLabel('Nombre').evaluate(field => field.value.charCodeAt(3))).toBe(0xd800);
  await page.locator('button[type=submit]').click();
  await expect.poll(() => told(page)).toContain('efecty-invalid');
  const codes = await page.evaluate(() => window.told.at(-1).errors.map(error => `${error.field} ${error.code}`));
  expect(codes).toContain('name ill_formed_text');
});

test('a moved element goes on where it was', async ({ page }) => {
  const backend = new Backend();
  const body = `<div id="left">${element}</div><div id="right"></div>`;
  const complaints = await open(page, { body, backend });
  await page.getByLabel('Nombre').fill('María');
  await on(page, element => {
    window.card = element.shadowRoot.firstElementChild;
    document.querySelector('#right').append(element);
  });
  await page.getByLabel('Correo').fill('maria@correo.com');
  expect(await on(page, element => element.shadowRoot.firstElementChild === window.card)).toBe(true);
  await expect(page.getByLabel('Nombre')).toHaveValue('María');
  expect(backend.count('GET /api/orders/A-1')).toBe(1);
  expect(complaints).toEqual([]);
});

test('a removed element lets go of everything, and starts again when it comes back', async ({ page }) => {
  const backend = new Backend();
  const spy = `
    const held = (window.held = new Map());
    for (const target of [window, document]) {
      const { addEventListener, removeEventListener } = target;
      // Others listen too: the tests' own tools.
      const count = (by, type, listener) => {
        if (String(listener).includes('heard')) held.set(type, (held.get(type) ?? 0) + by);
      };
      target.addEventListener = (...how) => (count(1, ...how), addEventListener.apply(target, how));
      target.removeEventListener = (...how) => (count(-1, ...how), removeEventListener.apply(target, how));
    }
    const timers = (window.timers = new Set());
    const { setTimeout, clearTimeout } = window;
    window.setTimeout = (call, time) => {
      const id = setTimeout(() => (timers.delete(id), call()), time);
      timers.add(id);
      return id;
    };
    window.clearTimeout = id => (timers.delete(id), clearTimeout(id));
    await import('/pkg/index.js');
  `;
  const complaints = await open(page, { body: withToken, backend, main: spy });
  await reaches(page, 'voucher');
  const holding = () => page.evaluate(() => [[...held.values()].reduce((a, b) => a + b, 0), timers.size]);
  expect(await holding()).toEqual([9, 1]);
  await on(page, element => {
    window.element = element;
    element.remove();
  });
  expect(await holding()).toEqual([0, 0]);
  await page.evaluate(() => document.body.append(window.element));
  await reaches(page, 'voucher');
  expect(await holding()).toEqual([9, 1]);
  // Many times over, none is left behind.
  await page.evaluate(async () => {
    for (let i = 0; i < 200; i += 1) {
      element.remove();
      await new Promise(resolve => setTimeout(resolve));
      document.body.append(element);
      await Promise.resolve();
    }
  });
  await reaches(page, 'voucher');
  expect(await holding()).toEqual([9, 1]);
  expect(complaints).toEqual([]);
});

test('removed while it loads, it never begins', async ({ page }) => {
  const backend = new Backend();
  const complaints = await open(page, { body: element, backend, main: defineLater });
  await page.evaluate(async () => {
    await window.define();
    document.querySelector('efecty-checkout').remove();
  });
  await page.waitForTimeout(300);
  expect(backend.requests).toEqual([]);
  expect(await told(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('removed while a request is under way, the request is given up', async ({ page }) => {
  const backend = new Backend();
  backend.instead.set('GET /api/orders/A-1', () => new Promise(() => {}));
  const complaints = await open(page, { body: element, backend });
  const failed = page.waitForEvent('requestfailed');
  await expect.poll(() => backend.requests.length).toBe(1);
  await on(page, element => element.remove());
  expect((await failed).failure().errorText).toBe('net::ERR_ABORTED');
  expect(await told(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('two elements, each its own session', async ({ page }) => {
  const backend = new Backend();
  const complaints = await open(page, { body: element + element.replace('A-1', 'A-2'), backend });
  const [first, second] = [page.locator('efecty-checkout').nth(0), page.locator('efecty-checkout').nth(1)];
  await first.getByLabel('Nombre').fill('María');
  await second.getByLabel('Nombre').fill('José');
  await expect(first.getByLabel('Nombre')).toHaveValue('María');
  expect(backend.count('GET /api/orders/A-1')).toBe(1);
  expect(backend.count('GET /api/orders/A-2')).toBe(1);
  expect(await page.evaluate(() => {
    const [one, two] = document.querySelectorAll('efecty-checkout');
    return one.shadowRoot.adoptedStyleSheets[0] === two.shadowRoot.adoptedStyleSheets[0];
  })).toBe(true);
  expect(complaints).toEqual([]);
});

test('properties set before the element is defined count', async ({ page }) => {
  const backend = new Backend();
  await open(page, { body: '<efecty-checkout><a href="/pay">Paga</a></efecty-checkout>', backend, main: defineLater });
  await expect(page.getByText('Paga')).toBeVisible();
  await on(page, element => {
    Object.assign(element, { endpoint: '/api', orderId: 'A-7', orderToken: 'signed', theme: 'dark' });
    element.payer = { name: 'María Ñáñez', document: { type: 'CC', number: '1020304050' } };
    element.requirements = { phone: { required: false } };
    element.fetch = (url, init) => fetch(url, { ...init, headers: { ...init.headers, 'X-CSRF': 'yes' } });
    return window.define();
  });
  await reaches(page, 'form');
  await expect(page.getByLabel('Nombre')).toHaveValue('María Ñáñez');
  await expect(page.getByLabel('Número de documento')).toHaveValue('1020304050');
  await expect(page.getByLabel('Celular (opcional)')).toBeVisible();
  await expect(page.getByText('Paga', { exact: true })).toBeHidden();
  expect(backend.requests[0].path).toBe('/api/orders/A-7');
  expect(backend.requests[0].headers).toMatchObject({ 'order-token': 'signed', 'x-csrf': 'yes' });
  expect(await on(page, element => element.getAttribute('theme'))).toBe('dark');
  expect(await on(page, element => Object.keys(element))).toEqual([]);
});

test('another order while the first is asked for: the first answer changes nothing', async ({ page }) => {
  const backend = new Backend();
  let answerFirst;
  backend.instead.set('GET /api/orders/A-1', () => new Promise(resolve => (answerFirst = resolve)));
  backend.instead.set('GET /api/orders/A-2', () => json({ ...order('A-2'), amount: { pesos: 77000 } }));
  const complaints = await open(page, { body: element, backend });
  await expect.poll(() => backend.count('GET /api/orders/A-1')).toBe(1);
  await on(page, element => {
    element.setAttribute('order-id', 'A-2');
    element.setAttribute('theme', 'dark');
  });
  await expect(page.getByText('77.000')).toBeVisible();
  answerFirst(json(order('A-1')));
  await page.waitForTimeout(200);
  await expect(page.getByText('77.000')).toBeVisible();
  expect(await told(page)).toEqual(['efecty-ready']);
  expect(complaints).toEqual([]);
});

test('language and theme are changed on the spot', async ({ page }) => {
  const backend = new Backend();
  await open(page, { body: element, backend });
  await page.getByLabel('Nombre').fill('María');
  await on(page, element => (element.lang = 'en'));
  await expect(page.getByLabel('Full name')).toHaveValue('María');
  const surface = () => page.locator('.card').evaluate(card => getComputedStyle(card).backgroundColor);
  const light = await surface();
  await on(page, element => (element.theme = 'dark'));
  expect(await surface()).not.toBe(light);
  expect(backend.count('GET /api/orders/A-1')).toBe(1);
});

test('sentences of the page\'s own, for one element and not the other', async ({ page }) => {
  await open(page, { body: withToken + withToken.replace(token, `${token}x`), backend: new Backend() });
  await expect(page.locator('.ticket')).toHaveCount(2);
  await on(page, element => (element.strings = { iHavePaid: 'Listo, pagué', payTitle: 'Cancela en un punto {0}' }));
  await expect(page.getByRole('heading', { name: 'Cancela en un punto Efecty' })).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Listo, pagué' })).toHaveCount(1);
  await page.locator('efecty-checkout').nth(1).evaluate(element => element.refresh());
  await expect(page.getByRole('heading', { name: 'Paga en efectivo en un punto Efecty' })).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Ya pagué' })).toHaveCount(1);
  expect(await on(page, element => element.strings)).toEqual({ iHavePaid: 'Listo, pagué', payTitle: 'Cancela en un punto {0}' });
  await on(page, element => (element.strings = null));
  await expect(page.getByRole('button', { name: 'Ya pagué' })).toHaveCount(2);
});

test('a reload comes back to the voucher', async ({ page }) => {
  const backend = new Backend();
  await open(page, { body: element, backend });
  await fillIn(page);
  await reaches(page, 'voucher');
  await page.reload();
  await reaches(page, 'voucher');
  expect(backend.count('POST /api/vouchers')).toBe(1);
  expect(backend.count('GET /api/orders/A-1')).toBe(1);
  const [create] = backend.requests.filter(request => request.method === 'POST');
  expect(JSON.parse(create.body)).toMatchObject({
    orderId: 'A-1',
    payer: { document: { type: 'CC', number: '1020304050' }, name: 'María Ñáñez', phone: '+573001234567' },
    consent: { version: '1' },
  });
  expect(create.headers['content-type']).toBe('application/json');
  expect(create.headers['request-id']).toMatch(/^[0-9a-f]{32}$/);
  expect(create.headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
  const stored = await page.evaluate(() => JSON.stringify(localStorage));
  expect(stored).not.toMatch(/Ñáñez|1020304050|3001234567|maria@/);
});

test('where nothing can be stored only the memory is lost', async ({ page }) => {
  const backend = new Backend();
  const forbid = `
    const refuse = { get() { throw new DOMException('no', 'SecurityError'); } };
    Object.defineProperty(window, 'localStorage', refuse);
    await import('/pkg/index.js');
  `;
  const complaints = await open(page, { body: element, backend, main: forbid });
  await fillIn(page);
  await reaches(page, 'voucher');
  expect(complaints).toEqual([]);
});

test('where the browser gives no chance, two shoppers still have two keys', async ({ page }) => {
  const backend = new Backend();
  const main = `
    Crypto.prototype.getRandomValues = () => { throw new DOMException('no', 'QuotaExceededError'); };
    await import('/pkg/index.js');
  `;
  await open(page, { body: element, backend, main });
  await fillIn(page);
  await reaches(page, 'voucher');
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await fillIn(page);
  await reaches(page, 'voucher');
  const creations = backend.requests.filter(request => request.method === 'POST');
  const keys = creations.map(request => request.headers['idempotency-key']);
  expect(keys).toHaveLength(2);
  expect(keys[0]).not.toBe(keys[1]);
});

test('a reload in mid-renewal asks again with the same key', async ({ page }) => {
  const backend = new Backend();
  const renew = `/api/vouchers/${token}/renew`;
  const expired = () => json(voucher('expired', { links: { renew } }));
  const press = async count => {
    await page.getByRole('button', { name: 'Generar un número nuevo' }).click();
    await expect.poll(() => backend.count(`POST ${renew}`)).toBe(count);
    return backend.requests.findLast(request => request.path === renew).headers['idempotency-key'];
  };
  const load = async go => {
    backend.instead.set(`GET /api/vouchers/${token}`, expired);
    backend.instead.set(`POST ${renew}`, () => new Promise(() => {}));
    await go();
    await reaches(page, 'voucher');
  };
  await load(() => open(page, { body: withToken, backend }));
  const key = await press(1);
  await load(() => page.reload());
  expect(await press(2)).toBe(key);
});

test("a date in Retry-After counts from the answer's clock, though the device's is a day wrong", async ({ browser }) => {
  const day = 86_400_000;
  const cases = [-day, day].flatMap(wrong => ['server-time', 'date'].map(base => [wrong, base]));
  await Promise.all(cases.map(([wrong, base]) => waitsAsAsked(browser, wrong, base)));
});

/** A first answer of 503, whose clock stands in the header `base`, is followed by a second question in time. */
async function waitsAsAsked(browser, wrong, base) {
  const page = await browser.newPage();
  const backend = new Backend();
  const main = `const now = Date.now; Date.now = () => now() + ${wrong}; await import('/pkg/index.js');`;
  let refusedAt;
  backend.instead.set('GET /api/orders/A-1', () => {
    refusedAt = Date.now();
    const headers = { 'retry-after': new Date(refusedAt + 7_000).toUTCString() };
    headers[base] = base === 'date' ? new Date(refusedAt).toUTCString() : new Date(refusedAt).toISOString();
    return { status: 503, headers, contentType: 'text/html', body: '<h1>Busy</h1>' };
  });
  await open(page, { body: element, backend, main });
  const asked = () => backend.count('GET /api/orders/A-1');
  await expect.poll(asked, { message: `${wrong} ${base}`, timeout: 15_000 }).toBe(2);
  // Later than by the element's own patience; the dates say whole seconds.
  expect(Date.now() - refusedAt, `${wrong} ${base}`).toBeGreaterThan(5_500);
  await page.close();
}

test('a property `voucher` is shown before the backend is asked', async ({ page }) => {
  const backend = new Backend();
  backend.instead.set(`GET /api/vouchers/${token}`, () => new Promise(() => {}));
  const body = '<efecty-checkout endpoint="/api"></efecty-checkout>';
  const complaints = await open(page, { body, backend, main: defineLater });
  await on(page, (element, voucher) => {
    element.voucher = voucher;
    return window.define();
  }, voucher());
  await reaches(page, 'voucher');
  await expect(page.locator('.ticket')).toContainText('111992');
  expect(await on(page, element => element.voucher.networks[0].reference.value)).toBe('48772157429542');
  expect(complaints).toEqual([]);
});

test('a pickup keeps its secret out of events and properties', async ({ page }) => {
  const backend = new Backend();
  const pickup = voucher('pending', { kind: 'pickup', pickup: { pin: '987654', documents: ['CC'] } });
  backend.instead.set(`GET /api/vouchers/${token}`, () => json(pickup));
  await open(page, { body: withToken, backend });
  await reaches(page, 'voucher');
  const heard = await page.evaluate(() => JSON.stringify(window.told.map(event => event.voucher ?? null)));
  expect(heard).toContain('"documents":["CC"]');
  expect(heard).not.toContain('987654');
  expect(await on(page, element => JSON.stringify(element.voucher))).not.toContain('987654');
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('987654');
});

test('what is missing is told; what stands inside the element stays', async ({ page }) => {
  const complaints = await open(page, { body: '<efecty-checkout><a href="/pay">Paga</a></efecty-checkout>' });
  await expect.poll(() => told(page, 'code', 'detail')).toEqual([
    'efecty-error configuration expected the attribute endpoint',
  ]);
  await on(page, element => (element.endpoint = 'data:application/json,{}'));
  await on(page, element => (element.endpoint = '/api'));
  await expect.poll(() => told(page, 'detail')).toEqual([
    'efecty-error expected the attribute endpoint',
    'efecty-error expected an http address in the attribute endpoint',
    'efecty-error expected the attribute order-id or token',
  ]);
  await on(page, element => (element.voucher = { version: 1, token: 'short' }));
  await expect.poll(async () => (await told(page, 'detail')).at(-1)).toMatch(
    /^efecty-error expected a token .* at token of the property voucher$/,
  );
  await expect(page.getByText('Paga')).toBeVisible();
  expect(await on(page, element => element.state)).toBe('failure');
  expect(complaints).toEqual([]);
});

test("a sentence of the page's own with a gap too many is left out and told once; the widget goes on", async ({ page }) => {
  await open(page, { body: withToken, backend: new Backend() });
  await reaches(page, 'voucher');
  await on(page, element => (element.strings = { payTitle: 'Cancela en {1}', iHavePaid: 'Listo' }));
  await expect(page.getByRole('button', { name: 'Listo' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('Paga en efectivo en un punto Efecty');
  await on(page, element => (element.lang = 'en'));
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('Pay in cash at any Efecty outlet');
  const complaint = 'expected a text with the gaps of the original at payTitle of the property strings';
  const errors = (await told(page, 'code', 'detail')).filter(event => event.startsWith('efecty-error'));
  expect(errors).toEqual([`efecty-error configuration ${complaint}`]);
  expect(await on(page, element => element.state)).toBe('voucher');
});

test('where page translation has replaced a text, a change of it is shown all the same', async ({ page }) => {
  const backend = new Backend();
  await open(page, { body: withToken, backend });
  await reaches(page, 'voucher');
  await on(page, element => {
    const walker = document.createTreeWalker(element.shadowRoot, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      const font = document.createElement('font');
      font.textContent = 'translated';
      text.replaceWith(font);
    }
  });
  backend.become('cancelled');
  await on(page, element => element.refresh());
  await expect(page.getByText('No pagues').first()).toBeVisible();
  await expect(page.getByText('translated')).toHaveCount(0);
});

test('wasm blocked: what stands inside the element stays, and one error tells', async ({ page }) => {
  const csp = "default-src 'none'; script-src 'self'; connect-src 'self'";
  await open(page, { body: element, backend: new Backend(), csp });
  await expect.poll(() => told(page, 'code')).toEqual(['efecty-error internal']);
  await expect(page.getByText('Paga en Efecty')).toBeVisible();
  expect(await on(page, element => element.state)).toBe('failure');
});

test('a load that failed is tried again when the element comes back', async ({ page }) => {
  const main = `
    const { instantiate } = WebAssembly;
    WebAssembly.instantiate = () => {
      WebAssembly.instantiate = instantiate;
      return Promise.reject(new Error('out of memory'));
    };
    await import('/pkg/index.js');
  `;
  const complaints = await open(page, { body: element, backend: new Backend(), main });
  await expect.poll(() => told(page, 'detail')).toEqual(['efecty-error Error: out of memory']);
  await on(page, element => document.body.append(element));
  await reaches(page, 'form');
  expect(complaints).toEqual([]);
});

test('codes run from left to right and keep their letters, whatever the page does', async ({ page }) => {
  const complaints = await open(page, { body: withToken, backend: new Backend() });
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl';
    document.body.style.textTransform = 'uppercase';
    document.body.style.letterSpacing = '1em';
  });
  await reaches(page, 'voucher');
  const groups = page.locator('[part~=agreement] .groups > span');
  const lefts = await groups.evaluateAll(spans => spans.map(span => span.getBoundingClientRect().left));
  expect(lefts.length).toBeGreaterThan(1);
  expect(lefts).toEqual(lefts.toSorted((a, b) => a - b));
  const style = await groups.first().evaluate(span => [getComputedStyle(span).textTransform, getComputedStyle(span).direction]);
  expect(style).toEqual(['none', 'ltr']);
  expect(complaints).toEqual([]);
});
