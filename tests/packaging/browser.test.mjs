import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { createServer } from 'vite';

import { open, visit, voucher } from './page.mjs';
import { install, root, run } from './tarball.mjs';

const vite = join(root, 'node_modules/vite/bin/vite.js');
const esbuild = join(root, 'node_modules/esbuild/bin/esbuild');

async function assertWorks(page) {
  await assertElement(page);
  assert.equal(await page.evaluate(() => document.body.dataset.amount), '$\u00a052.000');
}

/** The element has drawn the voucher that it asked for. */
async function assertElement(page) {
  await page.locator('efecty-checkout').getByText(voucher.beneficiary.name).first().waitFor({ timeout: 10_000 });
}

test('a plain page loads the element and the validators', async () => {
  await open(install('html'), assertWorks);
});

test('Vite builds the package without a configuration', async () => {
  const app = install('vite');
  run(app, process.execPath, vite, 'build');
  assert.deepEqual(readdirSync(join(app, 'dist/assets')).filter(file => !file.endsWith('.js')), []);
  await open(join(app, 'dist'), assertWorks);
});

test("Vite's development server serves the package without a configuration", async () => {
  const server = await createServer({ root: install('vite'), logLevel: 'error', server: { port: 0, host: '127.0.0.1' } });
  try {
    await server.listen();
    await visit(server.resolvedUrls.local[0], assertWorks);
  } finally {
    await server.close();
  }
});

test('esbuild bundles the package, written in ASCII only', async () => {
  const app = install('html');
  run(app, process.execPath, esbuild, 'main.js', '--bundle', '--format=esm', '--outfile=main.js', '--allow-overwrite');
  rmSync(join(app, 'node_modules'), { recursive: true });
  await open(app, assertWorks);
});

test('Vite builds the slim entry with the one wasm file that the page loads', async () => {
  const app = install('vite-slim');
  run(app, process.execPath, vite, 'build');
  assert.equal(readdirSync(join(app, 'dist/assets')).filter(file => file.endsWith('.wasm')).length, 1);
  await open(join(app, 'dist'), assertElement);
});
