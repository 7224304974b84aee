// Codes against independent encoders (bwip-js) and an independent reader (zxing).
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import bwip from 'bwip-js';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

import { barcodeSvg, qrSvg, ready } from '../../pkg/validators.js';
import { random } from './random.mjs';

await ready;
const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
await prepareZXingModule({ overrides: { wasmBinary: await readFile(wasm) }, fireImmediately: true });

const GS = '\u001d';
const { digits, text, pick, int } = random(20261123);

/** The rectangles of the drawing, in modules: x, y, width. */
function rectangles(svg) {
  const path = svg.match(/ d="(M[^"]*)"\/><\/svg>/)[1];
  return [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)].map(match => match.slice(1, 4).map(Number));
}

/** The drawing as pixels, `scale` a module; the rows of a barcode are 40 modules high. */
function pixels(svg, scale, stretch) {
  const [, columns, rows] = svg.match(/viewBox="0 0 (\d+) (\d+)"/).map(Number);
  const [width, height] = [columns * scale, rows * scale];
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (const [x, y, length] of rectangles(svg)) {
    for (let row = y * scale; row < (stretch ? height : (y + 1) * scale); row++) {
      for (let column = x * scale; column < (x + length) * scale; column++) {
        data.fill(0, 4 * (row * width + column), 4 * (row * width + column) + 3);
      }
    }
  }
  return { data, width, height };
}

async function read(image, format) {
  const results = await readBarcodes(image, { formats: [format], textMode: 'Plain', tryHarder: true });
  assert.equal(results.length, 1, 'expected one symbol');
  return results[0];
}

/** Bars and spaces in turn, in modules, without the quiet zones. */
function widths(svg) {
  const bars = rectangles(svg);
  return bars.flatMap(([x, , width], i) => (i === 0 ? [width] : [x - bars[i - 1][0] - bars[i - 1][2], width]));
}

const sum = numbers => numbers.reduce((a, b) => a + b, 0);

/** A Colombian bill: whom to pay, reference, amount, due date. */
function bill() {
  const gln = `770${digits(9)}`;
  const check = (10 - (sum([...gln].map((digit, i) => digit * (i % 2 ? 3 : 1))) % 10)) % 10;
  const parts = [['415', gln + check, ''], ['8020', digits(int(6, 24)), GS], ['3900', digits(int(4, 14)), GS]];
  if (int(0, 1)) parts.push(['96', `2026${pick(['01', '11', '12'])}${pick(['01', '28'])}`, '']);
  const content = parts.map(([ai, data, end]) => ai + data + end).join('').replace(new RegExp(`${GS}$`), '');
  return { content, bracketed: parts.map(([ai, data]) => `(${ai})${data}`).join('') };
}

function contents(n) {
  const kinds = [
    () => digits(int(1, 30)),
    () => pick(['P', 'AB', 'EF-']) + digits(int(4, 14)),
    () => text('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-', int(1, 24)),
    () => text('abcdefABCDEF0123456789 -_/.', int(1, 20)),
    () => digits(int(1, 9)) + text('abcXYZ', int(1, 4)) + digits(int(1, 9)),
  ];
  return Array.from({ length: n }, (_, i) => kinds[i % kinds.length]());
}

test('Code 128: never longer than bwip-js, and mostly the same bar for bar', () => {
  const all = contents(500);
  let same = 0;
  for (const text of all) {
    const ours = widths(barcodeSvg({ symbology: 'code128', content: text }));
    const usual = bwip.raw({ bcid: 'code128', text })[0].sbs;
    const best = bwip.raw({ bcid: 'code128', text, newencoder: true })[0].sbs;
    assert.ok(sum(ours) <= sum(usual), `${text} is longer than bwip-js's`);
    assert.equal(sum(ours), sum(best), `${text} against bwip-js's optimal encoder`);
    if ([usual, best].some(theirs => ours.join() === theirs.join())) same++;
  }
  assert.ok(same >= 300, `expected at least 300 of ${all.length} to be the same, found ${same}`);
});

test('GS1-128: bar for bar as bwip-js, or shorter', () => {
  for (let i = 0; i < 100; i++) {
    const { content, bracketed } = bill();
    const ours = widths(barcodeSvg({ symbology: 'gs1-128', content }));
    const theirs = bwip.raw({ bcid: 'gs1-128', text: bracketed, dontlint: true })[0].sbs;
    if (ours.join() !== theirs.join()) assert.ok(sum(ours) < sum(theirs), `${bracketed} differs and is not shorter`);
  }
});

test('ITF: bar for bar as bwip-js', () => {
  for (let i = 0; i < 100; i++) {
    const content = digits(2 * int(1, 20));
    const ours = widths(barcodeSvg({ symbology: 'itf', content }));
    const theirs = bwip.raw({ bcid: 'interleaved2of5', text: content })[0].sbs;
    // It ends with a space, and its wide elements are two modules.
    assert.deepEqual([...ours, 1], theirs.map(width => (width > 1 ? 3 : 1)));
  }
});

test('zxing reads Code 128 as it was given', async () => {
  for (const content of [...contents(100), `A${GS}b\t\n\u0000c`, '\u0001\u0002', '00', '~!"#$%&\'()*+']) {
    const { text, symbologyIdentifier } = await read(pixels(barcodeSvg({ symbology: 'code128', content }), 2, true), 'Code128');
    assert.equal(text, content);
    assert.equal(symbologyIdentifier, ']C0');
  }
});

test('zxing reads GS1-128 as GS1, element string by element string', async () => {
  for (let i = 0; i < 100; i++) {
    const { content, bracketed } = bill();
    const image = pixels(barcodeSvg({ symbology: 'gs1-128', content }), 2, true);
    const found = await read(image, 'Code128');
    assert.equal(found.symbologyIdentifier, ']C1');
    assert.equal(found.contentType, 'GS1');
    assert.equal(found.text, content);
    const [{ text }] = await readBarcodes(image, { formats: ['Code128'], textMode: 'HRI' });
    assert.equal(text, bracketed);
  }
});

test('zxing reads ITF as it was given', async () => {
  for (let i = 0; i < 50; i++) {
    const content = digits(2 * int(3, 20));
    assert.equal((await read(pixels(barcodeSvg({ symbology: 'itf', content }), 2, true), 'ITF')).text, content);
  }
});

test('zxing reads QR codes as they were given', async () => {
  const links = Array.from({ length: 40 }, () => `https://tienda.example/v/#${text('abcdefghijklmnopqrstuvwxyzABCXYZ0123456789_-', 32)}`);
  const essentials = ['Efecty\nConvenio: 111992\nReferencia: P374389735\nValor: $\u00a052.000\nPaga antes del 30 de noviembre, 11:59\u00a0p.\u00a0m.'];
  const words = ['Ñoño’s «café» — 10 €', 'ＡＢＣ', '点茗', 'Peña “El Ñandú”', 'é', '\u00a0', 'A'.repeat(200), '1'.repeat(999)];
  const mixed = Array.from({ length: 60 }, () => [digits(int(0, 20)), text('ABCXYZ $%*+-./:', int(0, 20)), text('abcñé’', int(1, 20))].join(''));
  for (const content of [...links, ...essentials, ...words, ...mixed, ...contents(40)]) {
    assert.equal((await read(pixels(qrSvg(content), 3, false), 'QRCode')).text, content);
  }
});

test('what cannot be carried is refused with a code', () => {
  const refused = (draw, code) => assert.throws(draw, { name: 'Error', code });
  refused(() => barcodeSvg({ symbology: 'itf', content: '123' }), 'odd_length');
  refused(() => barcodeSvg({ symbology: 'code128', content: 'Ñ' }), 'invalid_character');
  refused(() => barcodeSvg({ symbology: 'gs1-128', content: '(415)770' }), 'invalid_element_string');
  refused(() => barcodeSvg({ symbology: 'pdf417', content: '1' }), 'unknown_symbology');
  refused(() => barcodeSvg({}), 'unknown_symbology');
  refused(() => qrSvg(''), 'empty');
  refused(() => qrSvg('a'.repeat(2332)), 'too_long');
});
