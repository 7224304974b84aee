// From the form to "pagado" in the engines of Firefox and Safari, each driven by its own WebDriver.
//
// `cargo xtask test engines` names the drivers that it found.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Browser, until } from './webdriver.mjs';

const { BASE_URL, FIREFOX, GECKODRIVER, MINIBROWSER, WEBKIT_DRIVER } = process.env;

const engines = [
  {
    name: 'Firefox',
    isThere: GECKODRIVER,
    start: () => Browser.start([GECKODRIVER], { 'moz:firefoxOptions': { binary: FIREFOX, args: ['-headless'] } }),
  },
  {
    name: 'WebKitGTK',
    isThere: WEBKIT_DRIVER,
    start: () =>
      Browser.start(
        ['xvfb-run', '--auto-servernum', WEBKIT_DRIVER],
        { 'webkitgtk:browserOptions': { binary: MINIBROWSER, args: ['--automation'] } },
        // Its sandbox needs more of the machine than a container gives.
        { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
      ),
  },
];

for (const { name, isThere, start } of engines) {
  test(`form, voucher, outlet, pagado in ${name}`, { skip: !isThere, timeout: 180_000 }, async () => {
    const browser = await start();
    try {
      await journey(browser);
    } finally {
      await browser.end();
    }
  });
}

async function journey(browser) {
  await browser.open(await newOrder());
  await reaches(browser, 'form');

  // A wrong address of an e-mail is said at its field, which has the focus.
  await fill(browser, 'document.number', '1.020.304.050');
  await fill(browser, 'name', 'María Ñáñez O’Brien');
  await fill(browser, 'phone', '300 123 4567');
  await fill(browser, 'email', 'maria@');
  await browser.click(inElement, '[data-field=consent]');
  await browser.click(inElement, '[type=submit]');
  await until(() => browser.run(hasFocus, 'email'), 10_000, 'the focus on the field that is wrong');
  assert.match(await browser.run(textOf, '#email-error'), /correo|@/i);
  await fill(browser, 'email', 'correo.com');
  await browser.click(inElement, '[type=submit]');

  await reaches(browser, 'voucher');
  const voucher = await browser.run(() => document.querySelector('efecty-checkout').voucher);
  const [{ agreement, reference }] = voucher.networks;
  assert.equal(await browser.run(textOf, '[part=agreement] .groups'), agreement.code);
  assert.equal(await browser.run(textOf, '[part=reference] .groups'), reference.value);
  assert.match(await browser.run(textOf, '[part=countdown]'), /\d/);
  assert.ok((await browser.run(boxOf, '[part=qr]')).width > 80, 'a QR code of some size');
  const isTooWide = () => document.documentElement.scrollWidth > innerWidth;
  assert.equal(await browser.run(isTooWide), false);

  // The other window: the outlet.
  const shop = await browser.openWindow();
  await browser.open(new URL('outlet/', BASE_URL).href);
  await browser.type(agreement.code, field, 'agreement');
  await browser.type(reference.value, field, 'reference');
  await browser.type(String(voucher.amount.pesos), field, 'pesos');
  await browser.click(() => document.querySelector('#payment button'));
  await until(() => browser.run(() => !document.querySelector('#receipt').hidden), 10_000, 'the receipt');
  await browser.closeWindow();
  await browser.switchTo(shop);

  // Without a touch the first window says so.
  const isPaid = async () => (await browser.run(textOf, '#heading')) === 'Recibimos tu pago';
  await until(isPaid, 40_000, '"Recibimos tu pago"');
  assert.equal(await browser.run(() => document.querySelector('efecty-checkout').voucher.status), 'paid');
}

async function newOrder() {
  const answer = await fetch(new URL('pedido/A-1042/repetir', BASE_URL), { method: 'POST', redirect: 'manual' });
  return new URL(answer.headers.get('location'), BASE_URL).href;
}

function reaches(browser, state) {
  const isThere = state => document.querySelector('efecty-checkout')?.state === state;
  return until(() => browser.run(isThere, state), 30_000, `the screen ${state}`);
}

function fill(browser, name, text) {
  return browser.type(text, inElement, `[data-field="${name}"]`);
}

// These run in the page.

function inElement(selector) {
  return document.querySelector('efecty-checkout').shadowRoot.querySelector(selector);
}

function textOf(selector) {
  return document.querySelector('efecty-checkout').shadowRoot.querySelector(selector)?.textContent ?? '';
}

function boxOf(selector) {
  const { width, height } = document.querySelector('efecty-checkout').shadowRoot.querySelector(selector).getBoundingClientRect();
  return { width, height };
}

function hasFocus(name) {
  return document.querySelector('efecty-checkout').shadowRoot.activeElement?.dataset.field === name;
}

function field(name) {
  return document.querySelector('#payment').elements[name];
}
