// Reads codes out of pictures, by a reader that is not ours.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { PNG } from 'pngjs';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
const ready = readFile(wasm).then(wasmBinary =>
  prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true }),
);

/** The codes in a picture `{ data, width, height }`, four bytes a pixel. */
export async function read({ data, width, height }, format) {
  await ready;
  const options = { formats: [format], textMode: 'Plain' };
  const found = await readBarcodes({ data: new Uint8ClampedArray(data), width, height }, options);
  return found.map(({ text, symbologyIdentifier }) => ({ text, symbologyIdentifier }));
}

/** The codes in a PNG file. */
export function readPng(file, format) {
  return read(PNG.sync.read(file), format);
}
