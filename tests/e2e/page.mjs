// Opens a page with the element against a backend that a test makes up, without any server.
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect } from '@playwright/test';

import { listen } from './faults.mjs';

export const origin = 'https://shop.example';

const pkg = fileURLToPath(new URL('../../pkg', import.meta.url));
const types = { '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** The policy that the package promises to work under. */
export const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Records every event of the element and every violation of the policy. */
const recorder = `
  window.told = [];
  window.violations = [];
  const names = ['ready', 'invalid', 'voucher', 'status', 'paid', 'expired', 'error'];
  for (const name of names) document.addEventListener('efecty-' + name, event => told.push(event));
  document.addEventListener('securitypolicyviolation', event => violations.push(event.violatedDirective));
`;

/**
 * Opens a page with `body` that loads `main`, a module.
 *
 * `backend` answers requests below /api with what `route.fulfill` takes; `files` are further answers by
 * path. Returns what the page complained about.
 */
export async function open(page, { body, backend, main = "import '/pkg/index.js';", files = {}, csp = policy }) {
  const complaints = listen(page);
  const html = `<!doctype html><html lang="es"><title>Shop</title>
    <script src="/recorder.js"></script><script type="module" src="/main.js"></script>${body}</html>`;
  await page.route('**/*', async route => {
    const { pathname } = new URL(route.request().url());
    if (files[pathname]) return route.fulfill(files[pathname]);
    if (pathname === '/') {
      return route.fulfill({ body: html, contentType: 'text/html', headers: { 'content-security-policy': csp } });
    }
    if (pathname === '/recorder.js') return route.fulfill({ body: recorder, contentType: 'text/javascript' });
    if (pathname === '/main.js') return route.fulfill({ body: main, contentType: 'text/javascript' });
    if (pathname.startsWith('/pkg/')) {
      const file = await readFile(join(pkg, pathname.slice(5)));
      return route.fulfill({ body: file, contentType: types[extname(pathname)] });
    }
    if (pathname.startsWith('/api/')) return backend.answer(route);
    return route.fulfill({ status: 204 });
  });
  await page.goto(`${origin}/`);
  return complaints;
}

/** What the page was told: the events' types, with some of their fields. */
export function told(page, ...fields) {
  return page.evaluate(fields => {
    const pick = event => fields.map(field => event[field]).filter(value => value !== undefined);
    return window.told.map(event => [event.type, ...pick(event)].join(' '));
  }, fields);
}

/** A merchant's backend with one order, as simple as the contract allows. */
export class Backend {
  /** Requests so far: method, path, headers, body. */
  requests = [];
  /** Answers in place of the usual one, by method and path; each is used once. */
  instead = new Map();
  status = null;
  #version = 0;

  /** Lets the voucher become `status`. */
  become(status) {
    this.status = status;
    this.#version += 1;
  }

  /** How often the page asked for `call`, such as `GET /api/orders/A-1`. */
  count(call) {
    return this.requests.filter(request => `${request.method} ${request.path}` === call).length;
  }

  async answer(route) {
    const request = route.request();
    const { pathname: path, search } = new URL(request.url());
    this.requests.push({ method: request.method(), path, search, headers: request.headers(), body: request.postData() });
    const call = `${request.method()} ${path}`;
    const instead = this.instead.get(call);
    this.instead.delete(call);
    const answer = (await instead?.(route)) ?? this.#usual(call, request);
    if (answer !== 'none') await route.fulfill(answer).catch(() => {});
  }

  #usual(call, request) {
    if (/^GET \/api\/orders\//.test(call)) return json(order(decodeURIComponent(call.split('/').at(-1))));
    if (call === 'POST /api/vouchers') {
      if (!this.status) this.become('pending');
      const { orderId } = JSON.parse(request.postData());
      return json(voucher(this.status, { orderId }), { status: 201, etag: this.#etag() });
    }
    if (/^GET \/api\/vouchers\//.test(call)) {
      if (!this.status) this.become('pending');
      if (request.headers()['if-none-match'] === this.#etag()) {
        return { status: 304, headers: { etag: this.#etag(), 'server-time': now() } };
      }
      const body = voucher(this.status, { token: decodeURIComponent(call.split('/').at(-1)) });
      return json(body, { etag: this.#etag() });
    }
    return json({ title: 'no such thing' }, { status: 404 });
  }

  #etag() {
    return `"${this.#version}"`;
  }
}

export const token = 'tok_0123456789abcdef';

/** The same in every answer, as a deadline is. */
const expiresAt = new Date(Date.now() + 3 * 86_400_000).toISOString();

export function order(orderId) {
  return {
    version: 1,
    orderId,
    serverTime: now(),
    beneficiary: { name: 'Tienda Ejemplo SAS', taxId: '900123456-8' },
    amount: { pesos: 52000, exact: true },
    consent: { version: '1', text: { es: 'Acepto el tratamiento de mis datos.', en: 'I agree.' } },
  };
}

export function voucher(status = 'pending', rest = {}) {
  return {
    version: 1,
    token,
    kind: 'payment',
    status,
    serverTime: now(),
    orderId: 'A-1',
    beneficiary: { name: 'Tienda Ejemplo SAS', taxId: '900123456-8' },
    networks: [
      {
        id: 'efecty',
        name: 'Efecty',
        agreement: { label: 'Convenio', code: '111992' },
        reference: { label: 'Referencia', value: '48772157429542' },
      },
    ],
    amount: { pesos: 52000, exact: true },
    links: {},
    expiresAt,
    pollAfterSeconds: 1,
    ...rest,
  };
}

export function json(value, { status = 200, etag } = {}) {
  const headers = { 'server-time': now() };
  if (etag) headers.etag = etag;
  const contentType = status < 400 ? 'application/json' : 'application/problem+json';
  return { status, headers, contentType, body: JSON.stringify(value) };
}

function now() {
  return new Date().toISOString();
}

/** Types a valid payer and sends the form of the first element on the page. */
export async function fillIn(page) {
  await page.getByLabel('Número de documento').fill('1020304050');
  await page.getByLabel('Nombre').fill('María Ñáñez');
  await page.getByRole('textbox', { name: 'Celular' }).fill('300 123 4567');
  await page.getByLabel('Correo').fill('maria@correo.com');
  await page.getByRole('checkbox').check();
  await page.locator('button[type=submit]').click();
}

/** Waits until the first element on the page has come to the screen `state`. */
export async function reaches(page, state) {
  const element = page.locator('efecty-checkout').first();
  await expect.poll(() => element.evaluate(element => element.state)).toBe(state);
}

/** A part of the first element on the page. */
export function part(page, name) {
  return page.locator(`efecty-checkout [part~=${name}]`).first();
}

/** An amount as the element shows it. */
export function pesos(amount) {
  return `$\u00a0${String(amount).replace(/\B(?=(\d{3})+$)/g, '.')}`;
}
