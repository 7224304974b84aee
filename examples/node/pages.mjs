// The shop's pages: an order with the widget in it, and the page that a handed-over code opens.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { formatPesos } from 'efecty-checkout/server';

import { beneficiary } from './shop.mjs';

const widget = createRequire(import.meta.url).resolve('efecty-checkout');

/** What the widget needs, and nothing else. */
const POLICY = [
  "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "connect-src 'self'", "img-src 'self'",
  "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'", "require-trusted-types-for 'script'", 'trusted-types',
].join('; ');

const HANDOVER = `
  const element = document.createElement('efecty-checkout');
  element.setAttribute('endpoint', '/api/efecty');
  element.setAttribute('token', location.hash.slice(1));
  document.querySelector('main').append(element);
`;
const STYLE = `
  body { margin: 0 auto; max-width: 42rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
  h1 { font-size: 1.25rem; }
`;

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text) => String(text).replace(/[&<>"]/g, (character) => ENTITIES[character]);

const page = (title, main, scripts = '') => ({
  type: 'text/html; charset=utf-8',
  headers: { 'Content-Security-Policy': POLICY, 'Referrer-Policy': 'no-referrer' },
  body: `<!doctype html>
<html lang="es">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
<script type="module" src="/pkg/index.js"></script>${scripts}
<main>${main}</main>
</html>`,
});

export const orderPage = ({ id, name, pesos }, orderToken) =>
  page(`Pedido ${id}`, `
  <h1>${escape(name)} · ${formatPesos(pesos)}</h1>
  <efecty-checkout endpoint="/api/efecty" order-id="${escape(id)}" order-token="${escape(orderToken)}">
    <p>Para pagar en efectivo, escribe a ${escape(beneficiary.name)}.</p>
  </efecty-checkout>`);

const icon = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M1 2h6v4H1z" fill="#335"/></svg>';

/** Path -> what is served there. */
export const files = {
  '/pkg/index.js': async () => ({ type: 'text/javascript', body: await readFile(widget) }),
  '/style.css': () => ({ type: 'text/css', body: STYLE }),
  '/icon.svg': () => ({ type: 'image/svg+xml', body: icon }),
  '/handover.js': () => ({ type: 'text/javascript', body: HANDOVER }),
  '/v/': () => page('Tu pago', '', '<script type="module" src="/handover.js"></script>'),
};
