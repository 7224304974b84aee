// Taking the voucher along: what comes out is opened by programs that are not ours.
import { readFile } from 'node:fs/promises';

import { PDFiumLibrary } from '@hyzyla/pdfium';
import { expect, test } from '@playwright/test';
import ICAL from 'ical.js';

import { Backend, json, open, origin, reaches, token, voucher } from './page.mjs';
import { read, readPng } from './scan.mjs';

const element = `<h1>Tienda anfitriona</h1>
  <efecty-checkout endpoint="/api" token="${token}"></efecty-checkout><p>Más de la tienda</p>`;
const link = `https://tienda.example/v/#${token}`;
const bill = '4157709998014350802048772157429542\u001d390000052000';

const full = {
  barcode: { symbology: 'gs1-128', content: bill },
  links: { handover: link },
  latency: { es: 'La confirmación puede tardar hasta 2 horas.' },
};

class Shown extends Backend {
  constructor(rest = full) {
    super();
    this.rest = rest;
  }

  async answer(route) {
    await route.fulfill(json(voucher('pending', this.rest)));
  }
}

/** Opens a page with a voucher. */
async function shown(page, rest, body = element) {
  const complaints = await open(page, { body, backend: new Shown(rest) });
  await reaches(page, 'voucher');
  await page.getByRole('button', { name: 'Compartir' }).waitFor();
  return complaints;
}

function press(page, name) {
  return page.getByRole('button', { name, exact: true }).click();
}

/** What the voucher says of how it went. */
function notice(page) {
  return page.locator('efecty-checkout p.notice');
}

/** The file that pressing `name` saves. */
async function saved(page, name, presser = page) {
  const [download] = await Promise.all([page.waitForEvent('download'), press(presser, name)]);
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
}

test('the image holds both codes and nothing is violated', async ({ page }) => {
  const complaints = await shown(page);
  const { name, content } = await saved(page, 'Guardar imagen');
  expect(name).toBe('efecty-48772157429542.png');
  expect(await readPng(content, 'QRCode')).toMatchObject([{ text: link }]);
  expect(await readPng(content, 'Code128')).toMatchObject([{ text: bill, symbologyIdentifier: ']C1' }]);
  await expect(notice(page)).toHaveText('La imagen va a tus descargas. Si no la ves ahí, toma una captura de pantalla.');
  expect(await page.evaluate(() => window.violations)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('the reminder is at the last opening hours, as another calendar reads it', async ({ page }) => {
  // Friday, 27 November 2026 in Bogota; Saturday the 28th is open until 13:00.
  const deadline = { expiresAt: { date: '2026-11-29' }, serverTime: '2026-11-23T14:05:00.000Z', ...full };
  await page.clock.setFixedTime('2026-11-23T14:05:00Z');
  await shown(page, deadline);
  const { name, content } = await saved(page, 'Recordarme');
  expect(name).toBe('efecty-48772157429542.ics');
  const calendar = new ICAL.Component(ICAL.parse(content.toString()));
  ICAL.TimezoneService.register(calendar.getFirstSubcomponent('vtimezone'));
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent'));
  expect(event.startDate.toJSDate().toISOString()).toBe('2026-11-28T13:00:00.000Z');
  expect(event.endDate.toJSDate().toISOString()).toBe('2026-11-28T18:00:00.000Z');
  expect(event.summary).toBe('Pagar $\u00a052.000 en efectivo a Tienda Ejemplo SAS');
  expect(event.description).toContain('Referencia: 48772157429542\n');
  expect(event.component.getFirstPropertyValue('url')).toBe(link);
});

test.describe('on paper', () => {
  const networks = ['Efecty', 'Red Gana', 'SuRed'].map((name, i) => ({
    id: `n${i}`,
    name,
    brands: ['Tienda D1', 'Droguería Central'],
    agreement: { code: `11199${i}` },
    reference: { value: '48772157429542' },
  }));

  for (const format of ['A4', 'Letter', 'A6']) {
    for (const [kind, rest] of [['one network', full], ['three networks', { ...full, networks }]]) {
      test(`${format}, ${kind}: one page, nothing of the host, codes are read`, async ({ page }) => {
        const complaints = await ready(page, rest);
        await expect(page.getByText('Tienda anfitriona')).toBeVisible();
        const { text, bitmap } = await printed(page, format, 4);
        // The browser has told that it has printed: all is as it was.
        const left = () => page.evaluate(() => [document.adoptedStyleSheets.length, document.documentElement.children.length]);
        expect(await left()).toEqual([0, 2]);
        expect(text).not.toContain('anfitriona');
        expect(text).not.toContain('Más de la tienda');
        expect(text).not.toContain('no cabe aquí');
        expect(await read(bitmap, 'QRCode')).toMatchObject([{ text: link }]);
        expect(await read(bitmap, 'Code128')).toMatchObject([{ text: bill }]);
        expect(complaints).toEqual([]);
      });
    }
  }

  // Of a letter 11 modules, and 55 for all the rest: a fifth of a millimetre each at least.
  for (const [format, most] of [['A6', 35], ['A5', 54], ['A4', 82], ['Letter', 82]]) {
    for (const length of [most, most + 1]) {
      const fits = length === most;
      test(`${format}: a barcode of ${length} letters is ${fits ? 'read' : 'left out, which is said'}`, async ({ page }) => {
        const content = 'QwErTyUiOp'.repeat(9).slice(0, length);
        await ready(page, { ...full, barcode: { symbology: 'code128', content } });
        const { text, bitmap } = await printed(page, format, 6);
        expect(await read(bitmap, 'Code128')).toMatchObject(fits ? [{ text: content }] : []);
        expect(text.includes('El código de barras no cabe aquí. Dicta los números.')).toBe(!fits);
      });
    }
  }

  /** Presses print. The dialogue is opened by nobody: the page stays ready for the printer. */
  async function ready(page, rest) {
    await page.addInitScript(() => (window.print = () => dispatchEvent(new Event('beforeprint'))));
    const complaints = await shown(page, rest);
    await press(page, 'Imprimir');
    await expect.poll(() => page.evaluate(() => document.adoptedStyleSheets.length)).toBe(1);
    return complaints;
  }

  /** The one page that comes out: its text and its picture, so many pixels a point. */
  async function printed(page, format, scale) {
    const library = await PDFiumLibrary.init();
    const document = await library.loadDocument(await page.pdf({ format }));
    expect(document.getPageCount()).toBe(1);
    const sheet = document.getPage(0);
    const text = sheet.getText();
    const { data, width, height } = await sheet.render({ scale, render: 'bitmap' });
    const bitmap = { data: Uint8Array.from(data), width, height };
    document.destroy();
    library.destroy();
    return { text, bitmap };
  }

  test('a browser that does not print says so, and leaves the page as it was', async ({ page }) => {
    await page.addInitScript(() => (window.print = () => {}));
    await shown(page);
    await press(page, 'Imprimir');
    await expect(notice(page)).toContainText('Este navegador no pudo imprimir');
    expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
    await saved(page, 'Guardar imagen');
    await expect(notice(page)).not.toContainText('Este navegador no pudo imprimir');
  });
});

test.describe('sharing', () => {
  /** A share menu that keeps what it was given. */
  const menu = outcome => `
    window.shared = [];
    navigator.canShare = what => true;
    navigator.share = async what => {
      shared.push({ ...what, files: what.files?.map(file => [file.name, file.type, file.size > 10_000]), active: navigator.userActivation.isActive });
      ${outcome};
    };`;

  test('image and message go to the share menu', async ({ page }) => {
    await page.addInitScript(menu(''));
    const complaints = await shown(page);
    await press(page, 'Compartir');
    await expect.poll(() => page.evaluate(() => window.shared)).toMatchObject([
      { files: [['efecty-48772157429542.png', 'image/png', true]], active: true },
    ]);
    const [{ text }] = await page.evaluate(() => window.shared);
    expect(text).toContain('Convenio: 111992\nReferencia: 48772157429542\n');
    expect(text).toContain(link);
    expect(complaints).toEqual([]);
  });

  test('where only texts are taken, the message goes alone', async ({ page }) => {
    await page.addInitScript(menu('') + 'navigator.canShare = what => !what.files;');
    await shown(page);
    await press(page, 'Compartir');
    await expect.poll(() => page.evaluate(() => window.shared.length)).toBe(1);
    expect(await page.evaluate(() => window.shared[0].files)).toBeUndefined();
  });

  test('a menu that was closed has not failed', async ({ page }) => {
    await page.addInitScript(menu("throw new DOMException('closed', 'AbortError')"));
    await shown(page);
    await press(page, 'Compartir');
    await expect.poll(() => page.evaluate(() => window.shared.length)).toBe(1);
    await expect(notice(page)).toBeHidden();
    await expect(page.getByText('WhatsApp')).toBeHidden();
  });

  test('a menu that fails leaves other ways', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.addInitScript(menu("throw new DOMException('no', 'NotAllowedError')"));
    await shown(page);
    await press(page, 'Compartir');
    await expect(notice(page)).toContainText('No se pudo compartir');
    const address = new URL(await page.getByRole('link', { name: 'Enviar por WhatsApp' }).getAttribute('href'));
    expect(address.origin).toBe('https://wa.me');
    await press(page, 'Copiar como texto');
    await expect(page.getByRole('button', { name: 'Copiado' })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address.searchParams.get('text'));
  });

  test('without a menu the other ways are there at once', async ({ page }) => {
    await page.addInitScript('delete Navigator.prototype.share; delete Navigator.prototype.canShare;');
    const complaints = await shown(page);
    await press(page, 'Compartir');
    await expect(page.getByRole('link', { name: 'Enviar por WhatsApp' })).toBeVisible();
    expect(complaints).toEqual([]);
  });
});

test('an image that cannot be made is said, and leaves the others', async ({ page }) => {
  await page.addInitScript('HTMLCanvasElement.prototype.toBlob = function (callback) { callback(null); };');
  await shown(page);
  await press(page, 'Guardar imagen');
  await expect(notice(page)).toContainText('Toma una captura de pantalla');
  await saved(page, 'Recordarme');
});

test('a canvas full of noise is no image', async ({ page }) => {
  await page.addInitScript(() => {
    CanvasRenderingContext2D.prototype.getImageData = (x, y, width, height) =>
      new ImageData(new Uint8ClampedArray(4 * width * height).fill(137), width, height);
  });
  await shown(page);
  await press(page, 'Guardar imagen');
  await expect(notice(page)).toContainText('Toma una captura de pantalla');
});

test.describe('in a frame that allows no downloads', () => {
  const framed = (source, flags) => `<!doctype html><iframe src="${source}" width="380" height="900" sandbox="${flags}"></iframe>`;
  const flags = 'allow-scripts allow-same-origin';

  test('of the same origin, they are not offered', async ({ page }) => {
    await shown(page);
    await page.route(`${origin}/outer`, route => route.fulfill({ contentType: 'text/html', body: framed('/', flags) }));
    await page.goto(`${origin}/outer`);
    const frame = page.frameLocator('iframe');
    await expect(frame.getByRole('button', { name: 'Compartir' })).toBeVisible();
    for (const name of ['Guardar imagen', 'Recordarme', 'Imprimir']) {
      await expect(frame.getByRole('button', { name }), name).toHaveCount(0);
    }
  });

  test('of another origin, it is not said that they have worked', async ({ page }) => {
    await shown(page);
    await page.route('https://outer.example/', route =>
      route.fulfill({ contentType: 'text/html', body: framed(`${origin}/`, flags) }),
    );
    const downloads = [];
    page.on('download', download => downloads.push(download));
    await page.goto('https://outer.example/');
    const frame = page.frameLocator('iframe');
    await press(frame, 'Guardar imagen');
    const notice = frame.locator('efecty-checkout p.notice');
    await expect(notice).toContainText('Si no la ves ahí, toma una captura de pantalla');
    await press(frame, 'Recordarme');
    await expect(notice).toContainText('Si no lo ves ahí, anota la fecha');
    expect(downloads).toEqual([]);
    await press(frame, 'Compartir');
    await expect(frame.getByRole('link', { name: 'Enviar por WhatsApp' })).toBeVisible();
  });
});

test('in a frame of another origin everything that was allowed works', async ({ page }) => {
  await page.addInitScript(() => {
    window.printed = 0;
    window.print = () => {
      window.printed += 1;
      dispatchEvent(new Event('beforeprint'));
      dispatchEvent(new Event('afterprint'));
    };
  });
  const complaints = await shown(page);
  await page.route('https://outer.example/', route =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><iframe src="${origin}/" width="380" height="700" allow="clipboard-write; web-share"></iframe>`,
    }),
  );
  await page.goto('https://outer.example/');
  const frame = page.frameLocator('iframe');
  expect((await saved(page, 'Guardar imagen', frame)).name).toMatch(/\.png$/);
  expect((await saved(page, 'Recordarme', frame)).name).toMatch(/\.ics$/);
  await press(frame, 'Imprimir');
  await expect.poll(() => page.frames()[1].evaluate(() => window.printed)).toBe(1);
  await press(frame, 'Compartir');
  await expect(frame.getByRole('link', { name: 'Enviar por WhatsApp' })).toBeVisible();
  await press(frame, 'Copiar como texto');
  await expect(frame.getByRole('button', { name: 'Copiado' })).toBeVisible();
  // Chromium has no share menu on every system, and then does not know its name either.
  expect(complaints.filter(complaint => !complaint.includes("'web-share'"))).toEqual([]);
});
