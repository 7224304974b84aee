// The codes as the widget draws them, read back from what is on screen by an independent reader.
import { expect, test } from '@playwright/test';
import { PNG } from 'pngjs';

import { random } from '../node/random.mjs';
import { Backend, json, open, policy, reaches, token, voucher } from './page.mjs';
import { readPng } from './scan.mjs';

const GS = '\u001d';
const element = `<efecty-checkout endpoint="/api" token="${token}"></efecty-checkout>`;

/** A backend that has one voucher after the other. */
class Vouchers extends Backend {
  rest = {};

  async answer(route) {
    await route.fulfill(json(voucher('pending', this.rest)));
  }

  /** Shows a voucher with `rest` in a new element. */
  async show(page, rest) {
    this.rest = rest;
    await page.locator('efecty-checkout').evaluate(element => {
      localStorage.clear();
      element.replaceWith(element.cloneNode());
    });
    await reaches(page, 'voucher');
    await page.locator('[part~=qr]').waitFor();
    await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
}

/** How many pixels from the first dark module to the last are neither black nor white. */
async function blurred(locator) {
  const { data, width } = PNG.sync.read(await locator.screenshot());
  const dark = [];
  const grey = [];
  for (let i = 0; i < data.length; i += 4) {
    const at = [(i / 4) % width, Math.floor(i / 4 / width)];
    if (data[i] === 0) dark.push(at);
    else if (data[i] !== 255) grey.push(at);
  }
  const span = axis => [Math.min, Math.max].map(end => dark.reduce((a, at) => end(a, at[axis]), dark[0][axis]));
  const [[left, right], [top, bottom]] = [span(0), span(1)];
  return grey.filter(([x, y]) => x >= left && x <= right && y >= top && y <= bottom).length;
}

function contents({ digits, text, pick, int }, n) {
  const kinds = [
    () => ({ symbology: 'code128', content: digits(int(6, 20)) }),
    () => ({ symbology: 'code128', content: text('ABCDEFabcdef0123456789-', int(4, 14)) }),
    () => ({ symbology: 'itf', content: digits(2 * int(3, 8)) }),
    () => ({ symbology: 'gs1-128', content: `4157709998014350` + `8020${digits(int(6, 10))}${GS}3900${digits(8)}` }),
    () => ({ symbology: 'gs1-128', content: `4157709998014350` + `8020${digits(24)}${GS}3900${digits(14)}${GS}96${pick(['20261130', '20270101'])}` }),
  ];
  return Array.from({ length: n }, (_, i) => kinds[i % kinds.length]());
}

const formats = { code128: 'Code128', 'gs1-128': 'Code128', itf: 'ITF' };
const identifiers = { code128: ']C0', 'gs1-128': ']C1', itf: /^\]I/ };

/** Decodes `n` vouchers' codes from screenshots. */
async function prove(page, ratio, theme, n, isWhitePage = theme !== 'auto') {
  const backend = new Vouchers();
  const complaints = await open(page, { body: element.replace('token', `theme="${theme}" token`), backend });
  const chance = random(100 * ratio + n);
  for (const barcode of contents(chance, n)) {
    const handover = `https://tienda.example/v/#${chance.text('abcdefghijklmnopqrstuvwxyz0123456789_-', chance.int(16, 60))}`;
    await backend.show(page, { barcode, links: { handover } });
    const qr = page.locator('[part~=qr]');
    if (isWhitePage) expect(await blurred(qr)).toBe(0);
    expect(await readPng(await qr.screenshot(), 'QRCode')).toMatchObject([{ text: handover }]);
    const large = page.getByRole('button', { name: 'Ver código de barras grande' });
    const places = [];
    if (await page.locator('[part~=barcode] svg').count()) places.push('lying');
    if (await large.count()) places.push('standing');
    expect(places.length).toBeGreaterThan(0);
    for (const place of places) {
      if (place === 'standing') await large.click();
      const bars = page.locator('[part~=barcode] svg');
      if (isWhitePage) expect(await blurred(bars)).toBe(0);
      const found = await readPng(await bars.screenshot(), formats[barcode.symbology]);
      expect(found.length, `${place} ${JSON.stringify(barcode)}`).toBe(1);
      expect(found[0].text).toBe(barcode.content);
      expect(found[0].symbologyIdentifier).toMatch(identifiers[barcode.symbology]);
    }
  }
  expect(await page.evaluate(() => window.violations)).toEqual([]);
  expect(complaints).toEqual([]);
}

/** Decodes QR codes that hold no link but what the message says, of vouchers from short to long. */
async function proveEssentials(page) {
  await page.addInitScript('delete Navigator.prototype.share; delete Navigator.prototype.canShare;');
  const backend = new Vouchers();
  const complaints = await open(page, { body: element.replace('token', 'theme="light" token'), backend });
  const network = (name, value) => ({ id: name.toLowerCase(), name, agreement: { code: '111992' }, reference: { value } });
  const names = ['Efecty', 'Gana', 'SuRed'];
  const beneficiary = { name: 'Comercializadora de Electrodomésticos Ñañez & Peñaranda del Caribe SAS' };
  const vouchers = [
    {},
    { expiresAt: null, beneficiary: { name: 'Tía' } },
    { beneficiary, expiresAt: { date: '2036-11-28' } },
    { beneficiary, networks: names.map((name, i) => network(name, `P3743${i}9735`)) },
    { links: { handover: `https://tienda.example/v/#${'a'.repeat(2000)}` } },
  ];
  for (const rest of vouchers) {
    await backend.show(page, rest);
    await page.getByRole('button', { name: 'Compartir' }).click();
    const link = await page.getByRole('link', { name: 'Enviar por WhatsApp' }).getAttribute('href');
    const message = new URL(link).searchParams.get('text');
    const text = message.split('\n').filter(line => !line.startsWith('https:')).join('\n');
    const qr = page.locator('[part~=qr]');
    expect(await blurred(qr)).toBe(0);
    expect(await readPng(await qr.screenshot(), 'QRCode')).toMatchObject([{ text }]);
    await expect(page.getByText('Llévalo en tu celular')).toBeVisible();
  }
  expect(complaints).toEqual([]);
}

for (const deviceScaleFactor of [1, 2, 3]) {
  test.describe(`at ${deviceScaleFactor} device pixels to a CSS pixel`, () => {
    test.use({ deviceScaleFactor, viewport: { width: 360, height: 740 } });

    test('codes on a phone are read', async ({ page }) => prove(page, deviceScaleFactor, 'light', 5));

    test('the essentials as text are read', ({ page }) => proveEssentials(page));

    test('many codes on a phone are read @slow', async ({ page }) => {
      test.setTimeout(600_000);
      await prove(page, deviceScaleFactor, 'light', 100);
    });
  });
}

test.describe('on a wide screen', () => {
  test.use({ viewport: { width: 1280, height: 800 } });

  test('codes are read in dark mode too', ({ page }) => prove(page, 1, 'dark', 5));
});

test.describe('with forced colours', () => {
  test.use({ forcedColors: 'active', colorScheme: 'dark' });

  test('codes stay black on white', ({ page }) => prove(page, 1, 'auto', 2));
});

// A bill that stands large behind a button, and a backend that gives the widget nothing to do meanwhile.
const bill = `41577099980143508020${'7'.repeat(24)}${GS}3900${'0'.repeat(14)}${GS}9620261130`;
const still = { barcode: { symbology: 'gs1-128', content: bill }, pollAfterSeconds: 3600 };
const stand = page => page.getByRole('button', { name: 'Ver código de barras grande' }).click();

test.describe('when the screen changes', () => {
  test.use({ deviceScaleFactor: 3, viewport: { width: 360, height: 740 } });

  // Two things tell of it, and each is enough: the window's size and the size of its pixels.
  for (const [way, deaf, screens] of [
    ['by its height', '', [[560, 3], [900, 3], [740, 3]]],
    ['by its pixels', "addEventListener('resize', event => event.stopImmediatePropagation());", [[741, 2.625], [742, 2], [743, 1.5]]],
  ]) {
    test(`${way}, modules are as many whole device pixels as fit`, async ({ page }) => {
      await page.addInitScript(deaf);
      const backend = new Vouchers();
      await open(page, { body: element.replace('token', 'theme="light" token'), backend });
      await backend.show(page, still);
      await stand(page);
      const bars = page.locator('[part~=barcode] svg');
      const modules = Number((await bars.getAttribute('viewBox')).split(' ')[3]);
      const device = await page.context().newCDPSession(page);
      for (const [height, deviceScaleFactor] of screens) {
        await device.send('Emulation.setDeviceMetricsOverride', { width: 360, height, deviceScaleFactor, mobile: false });
        const widest = Math.floor(((height - 24) * deviceScaleFactor) / modules);
        const module = async () => ((await bars.getAttribute('height')) * deviceScaleFactor) / modules;
        await expect.poll(module, `${height} at ${deviceScaleFactor}`).toBeCloseTo(widest, 2);
      }
    });
  }

  test('in a frame as high as its content bars are no higher than the screen', async ({ page }) => {
    const backend = new Vouchers();
    backend.rest = still;
    const html = `<!doctype html><script type="module" src="/main.js"></script>${element}`;
    await open(page, {
      body: '<iframe src="/frame.html" width="340" height="2400"></iframe>',
      backend,
      csp: `${policy}; frame-src 'self'`,
      files: { '/frame.html': { contentType: 'text/html', body: html } },
    });
    const frame = page.frameLocator('iframe');
    await stand(frame);
    const { height } = await frame.locator('[part~=barcode] svg').boundingBox();
    expect(height).toBeGreaterThan(400);
    expect(height).toBeLessThan(740 - 100);
  });
});
