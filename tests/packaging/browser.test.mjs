import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { open } from './page.mjs';
import { install, root, run } from './tarball.mjs';

const vite = join(root, 'node_modules/vite/bin/vite.js');

async function assertElement(page) {
  assert.equal(await page.evaluate(() => customElements.get('efecty-checkout').name.length > 0), true);
  const element = page.locator('efecty-checkout');
  assert.equal(await element.evaluate(element => element instanceof customElements.get('efecty-checkout')), true);
  assert.equal(await element.isVisible(), true);
  assert.notEqual((await element.innerText()).trim(), '');
}

async function assertValidators(page) {
  assert.equal(await page.evaluate(() => document.body.dataset.amount), '$\u00a052.000');
}

test('a plain page loads the element and the validators', async () => {
  await open(install('html'), async page => {
    await assertElement(page);
    await assertValidators(page);
  });
});

test('Vite builds the package without a configuration', async () => {
  const app = install('vite');
  run(app, process.execPath, vite, 'build');
  assert.deepEqual(readdirSync(join(app, 'dist/assets')).filter(file => !file.endsWith('.js')), []);
  await open(join(app, 'dist'), async page => {
    await assertElement(page);
    await assertValidators(page);
  });
});
