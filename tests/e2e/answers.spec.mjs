// Whatever a backend answers, or does not, ends in a screen, a typed error and a way on.
import { expect, test } from '@playwright/test';

import { Backend, fillIn, json, open, order, reaches, token, told, voucher } from './page.mjs';

const element = '<efecty-checkout endpoint="/api" order-id="A-1"><a href="/pay">Paga en Efecty</a></efecty-checkout>';
const withToken = `<efecty-checkout endpoint="/api" token="${token}"></efecty-checkout>`;

const html = { status: 200, contentType: 'text/html', body: '<h1>Login</h1>' };
const { serverTime, ...timeless } = order('A-1');

const bad = [
  ['500 with HTML', { ...html, status: 500 }, 'backend 500'],
  ['200 with HTML', html, 'not-json 200'],
  ['half a JSON', { status: 200, contentType: 'application/json', body: '{"version":1,' }, 'not-json 200'],
  ['nothing at all', { status: 200, contentType: 'application/json', body: '' }, 'invalid-answer 200 expected JSON at the root'],
  ['an array', json([]), 'invalid-answer 200 expected an object at the root'],
  ['a member missing', json(timeless), 'invalid-answer 200 expected a value at serverTime'],
  [
    'a date-time without offset',
    json({ ...order('A-1'), serverTime: '2026-11-23T14:05:00' }),
    'invalid-answer 200 expected a date-time with its offset from UTC at serverTime',
  ],
  ['not UTF-8', { status: 200, contentType: 'application/json', body: Buffer.from([0x22, 0xff, 0x22]) }, 'not-json 200'],
  [
    'more than any order is long',
    { status: 200, contentType: 'application/json', body: JSON.stringify({ ...order('A-1'), x: 'x'.repeat(300_000) }) },
    'not-json 200',
  ],
  ['404 with a reason', json({ title: 'Gone', code: 'order-gone' }, { status: 404 }), 'not-found 404 order-gone'],
];

for (const [name, answer, error] of bad) {
  test(`${name}: an error, and a retry that goes on`, async ({ page }) => {
    const backend = new Backend();
    backend.instead.set('GET /api/orders/A-1', () => answer);
    await open(page, { body: element, backend });
    await reaches(page, 'failure');
    const [first] = await told(page, 'code', 'httpStatus', 'detail');
    expect(first.replace(/ $/, '')).toBe(`efecty-error ${error}`);
    await page.getByRole('button', { name: 'Intentar de nuevo' }).click();
    await reaches(page, 'form');
  });
}

test('an answer with a byte order mark and members unknown to this version is read', async ({ page }) => {
  const backend = new Backend();
  const body = '\ufeff' + JSON.stringify({ ...order('A-1'), future: { a: [1] } });
  backend.instead.set('GET /api/orders/A-1', () => ({ status: 200, contentType: 'application/json', body }));
  await open(page, { body: element, backend });
  await reaches(page, 'form');
});

test('no answer to a creation: it is sent again under the same key, and what was typed is kept', async ({ page }) => {
  const backend = new Backend();
  const cut = route => route.abort().then(() => 'none');
  backend.instead.set('POST /api/vouchers', cut);
  await open(page, { body: element, backend });
  await fillIn(page);
  await expect(page.getByLabel('Nombre')).toHaveValue('María Ñáñez');
  await expect(page.locator('.ticket')).toBeVisible({ timeout: 15_000 });
  const creates = backend.requests.filter(request => request.method === 'POST');
  expect(creates.length).toBe(2);
  expect(creates[0].headers['idempotency-key']).toBe(creates[1].headers['idempotency-key']);
  expect(creates[0].headers['request-id']).not.toBe(creates[1].headers['request-id']);
});

const { amount, ...amountless } = voucher();

for (const [name, answer, error] of [
  ['HTML', html, 'not-json 200'],
  ['half a JSON', { status: 201, contentType: 'application/json', body: '{"version":1,' }, 'not-json 201'],
  ['nothing at all', { status: 201, body: '' }, 'invalid-answer 201 expected JSON at the root'],
  ['a voucher without an amount', json(amountless), 'invalid-answer 200 expected a value at amount'],
  [
    'a deadline without offset',
    json(voucher('pending', { expiresAt: '2026-11-30T23:59:59' })),
    'invalid-answer 200 expected a date-time with its offset from UTC at expiresAt',
  ],
  [
    'a link that is not https',
    json(voucher('pending', { links: { voucher: 'http://pagos.example/v' } })),
    'invalid-answer 200 expected an https address at links.voucher',
  ],
]) {
  test(`${name} in answer to a creation: what was typed stays, is sent again, and is one creation`, async ({ page }) => {
    const backend = new Backend();
    const headers = { ...answer.headers, 'trace-id': 'trace-7' };
    backend.instead.set('POST /api/vouchers', () => ({ ...answer, headers }));
    await open(page, { body: element, backend });
    await reaches(page, 'form');
    await fillIn(page);
    await expect(page.getByRole('alert')).toContainText('La respuesta de la tienda no se puede mostrar.');
    const errors = (await told(page, 'code', 'httpStatus', 'detail')).filter(event => event.startsWith('efecty-error'));
    expect(errors.map(event => event.trim())).toEqual([`efecty-error ${error}`]);
    const last = await page.evaluate(() => ({ ...window.told.at(-1) }));
    expect([last.requestId, last.traceId]).toEqual([backend.requests.at(-1).headers['request-id'], 'trace-7']);
    for (const [label, typed] of [['Número de documento', '1.020.304.050'], ['Nombre', 'María Ñáñez'], ['Correo', 'maria@correo.com']]) {
      await expect(page.getByLabel(label)).toHaveValue(typed);
    }
    await expect(page.getByRole('checkbox')).toBeChecked();
    await page.locator('button[type=submit]').click();
    await reaches(page, 'voucher');
    const keys = backend.requests.filter(({ method }) => method === 'POST').map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });
}

test('a creation that takes 20 s says that it is working, and its voucher is shown', async ({ page }) => {
  await page.clock.install();
  const backend = new Backend();
  let answer;
  const late = () => new Promise(resolve => (answer = () => resolve(json(voucher(), { status: 201 }))));
  backend.instead.set('POST /api/vouchers', late);
  const complaints = await open(page, { body: element, backend });
  await reaches(page, 'form');
  await fillIn(page);
  await expect.poll(() => backend.count('POST /api/vouchers')).toBe(1);
  const submit = page.locator('button[type=submit]');
  await expect(submit).toHaveText('Generando tu número de pago…');
  await page.clock.runFor(20_000);
  await expect(page.getByText('Está tardando más de lo normal').first()).toBeVisible();
  await expect(page.getByLabel('Nombre')).toHaveValue('María Ñáñez');
  answer();
  await reaches(page, 'voucher');
  expect(backend.count('POST /api/vouchers')).toBe(1);
  expect(await told(page, 'code')).not.toContainEqual(expect.stringContaining('efecty-error'));
  expect(complaints).toEqual([]);
});

test('a reload in mid-creation: sent again, it is the same creation', async ({ page }) => {
  const backend = new Backend();
  backend.instead.set('POST /api/vouchers', () => new Promise(() => {}));
  await open(page, { body: element, backend });
  await fillIn(page);
  await expect.poll(() => backend.count('POST /api/vouchers')).toBe(1);
  await page.reload();
  await reaches(page, 'form');
  await fillIn(page);
  await reaches(page, 'voucher');
  const [first, second] = backend.requests.filter(request => request.method === 'POST');
  expect(second.headers['idempotency-key']).toBe(first.headers['idempotency-key']);
  expect(second.headers['request-id']).not.toBe(first.headers['request-id']);
});

test('a refusal is shown at its field, told with request and trace id, and can be mended', async ({ page }) => {
  const backend = new Backend();
  const refusal = { title: 'payer refused', traceId: 'trace-9', errors: [{ field: 'email', code: 'invalid_domain' }] };
  backend.instead.set('POST /api/vouchers', () => json(refusal, { status: 422 }));
  await open(page, { body: element, backend });
  await fillIn(page);
  await expect(page.locator('.msg')).toHaveCount(1);
  await expect(page.getByLabel('Correo')).toHaveAttribute('aria-invalid', 'true');
  const error = await page.evaluate(() => ({ ...window.told.at(-1) }));
  expect(error).toMatchObject({ code: 'refused', traceId: 'trace-9', httpStatus: 422 });
  expect(error.requestId).toMatch(/^[0-9a-f]{32}$/);
  expect(new Date(error.time).getTime()).toBeGreaterThan(0);
  await page.getByLabel('Correo').fill('maria@gmail.com');
  await page.locator('button[type=submit]').click();
  await reaches(page, 'voucher');
});

test('a question that fails is told with its request and trace id', async ({ page }) => {
  const backend = new Backend();
  const headers = { 'trace-id': 'trace-of-the-proxy' };
  backend.instead.set('GET /api/orders/A-1', () => ({ ...html, status: 500, headers }));
  await open(page, { body: element, backend });
  await reaches(page, 'failure');
  const error = await page.evaluate(() => ({ ...window.told.at(-1) }));
  expect(error).toMatchObject({ code: 'backend', httpStatus: 500, traceId: 'trace-of-the-proxy' });
  expect(error.requestId).toMatch(/^[0-9a-f]{32}$/);
  expect(error.requestId).toBe(backend.requests[0].headers['request-id']);
  await expect(page.locator('[part~=support]').first()).toContainText('trace-of-the-proxy');
});

test('no answer in time: the request is given up and told', async ({ page }) => {
  await page.clock.install();
  const backend = new Backend();
  backend.instead.set('GET /api/orders/A-1', () => new Promise(() => {}));
  await open(page, { body: element, backend });
  await expect.poll(() => backend.requests.length).toBe(1);
  const failed = page.waitForEvent('requestfailed');
  await page.clock.runFor(21_000);
  await failed;
  await expect.poll(() => told(page, 'code')).toEqual(['efecty-error timeout']);
});

test('an unchanged voucher costs 304, by the ETag it came with', async ({ page }) => {
  const backend = new Backend();
  const complaints = await open(page, { body: withToken, backend });
  await reaches(page, 'voucher');
  const before = backend.requests.length;
  await page.locator('efecty-checkout').evaluate(element => element.refresh());
  await expect.poll(() => backend.requests.length).toBeGreaterThan(before);
  expect(backend.requests.at(-1).headers['if-none-match']).toBe('"1"');
  expect(complaints).toEqual([]);
});

test('the page\'s own fetch may throw or give anything', async ({ page }) => {
  const complaints = await open(page, { body: '<efecty-checkout></efecty-checkout>', backend: new Backend() });
  await page.locator('efecty-checkout').evaluate(element => {
    element.fetch = () => {
      throw new Error('no');
    };
    element.endpoint = '/api';
    element.orderId = 'A-1';
  });
  await reaches(page, 'failure');
  for (const answer of ['undefined', '({ status: 200 })', 'Promise.reject(1)', 'used()']) {
    await page.evaluate(answer => {
      const used = async () => {
        const response = new Response('{}');
        await response.text();
        return response;
      };
      const answers = { undefined: () => {}, '({ status: 200 })': () => ({ status: 200 }), 'used()': used };
      const element = document.querySelector('efecty-checkout');
      element.fetch = answers[answer] ?? (() => Promise.reject(1));
      element.refresh();
    }, answer);
    await expect.poll(() => page.evaluate(() => window.told.at(-1)?.code)).toMatch(/network|invalid-answer/);
  }
  await page.locator('efecty-checkout').evaluate(element => {
    element.fetch = undefined;
    element.refresh();
  });
  await reaches(page, 'form');
  expect(complaints).toEqual([]);
});

test('order ids and endpoints of any kind make the right address', async ({ page }) => {
  const backend = new Backend();
  await open(page, { body: '<efecty-checkout></efecty-checkout>', backend });
  await page.locator('efecty-checkout').evaluate(element => {
    element.endpoint = '/api/?tenant=7#x';
    element.orderId = 'a/b ?#ñ';
  });
  await reaches(page, 'form');
  expect(backend.requests[0].path).toBe('/api/orders/a%2Fb%20%3F%23%C3%B1');
  expect(backend.requests[0].search).toBe('?tenant=7');
});

test('a name of dots alone leads nowhere', async ({ page }) => {
  const backend = new Backend();
  await open(page, { body: '<efecty-checkout endpoint="/api" order-id=".."></efecty-checkout>', backend });
  await reaches(page, 'failure');
  await page.locator('efecty-checkout').evaluate(element => {
    element.orderId = null;
    element.token = '.';
  });
  await expect.poll(() => told(page, 'code')).toEqual(['efecty-error not-found', 'efecty-error not-found']);
  expect(backend.requests).toEqual([]);
});

test('a renewal leads to no other origin', async ({ page }) => {
  const backend = new Backend();
  const links = { renew: 'https://elsewhere.example/renew' };
  backend.instead.set(`GET /api/vouchers/${token}`, () => json(voucher('expired', { links })));
  const seen = [];
  page.on('request', request => seen.push(new URL(request.url()).host));
  await open(page, { body: withToken, backend });
  await reaches(page, 'voucher');
  await page.locator('[data-press=renew]').click();
  await expect.poll(() => told(page, 'code', 'detail')).toContain(
    'efecty-error invalid-answer expected an https address or a path at links.renew',
  );
  expect(new Set(seen)).toEqual(new Set(['shop.example']));
});

test('what is copied is on the clipboard, digit by digit', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, { body: withToken, backend: new Backend() });
  await page.locator('[data-press=copy-reference-0]').click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('48772157429542');
  await expect(page.getByRole('status')).toHaveText('Copiado: Referencia');
});

for (const [name, script] of [
  ['without a clipboard', "Object.defineProperty(navigator, 'clipboard', { value: undefined });"],
  ['where the clipboard refuses', "navigator.clipboard.writeText = () => Promise.reject(new Error('no'));"],
]) {
  test(`${name} the selection is copied`, async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const main = `window.readText = navigator.clipboard.readText.bind(navigator.clipboard); ${script} import '/pkg/index.js';`;
    await open(page, { body: withToken, backend: new Backend(), main });
    await page.locator('[data-press=copy-agreement-0]').click();
    await expect.poll(() => page.evaluate(() => window.readText())).toBe('111992');
    await expect(page.getByRole('status')).toHaveText('Copiado: Convenio');
    expect(await page.locator('efecty-checkout').evaluate(element => element.shadowRoot.activeElement.dataset.press))
      .toBe('copy-agreement-0');
  });
}

test('where copying fails, that is what is said', async ({ page }) => {
  const main = `
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => false;
    import '/pkg/index.js';
  `;
  await open(page, { body: withToken, backend: new Backend(), main });
  await page.locator('[data-press=copy-agreement-0]').click();
  await expect(page.getByRole('status')).toContainText('No se pudo copiar');
});
