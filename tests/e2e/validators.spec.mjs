// The validators in a browser: the same answers as in Node and in Rust.
import { readFile } from 'node:fs/promises';

import { expect, test } from '@playwright/test';

import { open } from './page.mjs';

test('the validators answer every case to the letter as Rust does', async ({ page }) => {
  const files = {};
  for (const name of ['validators.json', 'answers.json', 'run.mjs', 'arguments.mjs']) {
    const contentType = name.endsWith('.json') ? 'application/json' : 'text/javascript';
    files[`/cases/${name}`] = { body: await readFile(new URL(`../cases/${name}`, import.meta.url)), contentType };
  }
  const main = `
    import * as validators from '/pkg/validators.js';
    import { compare, compareStrange } from '/cases/run.mjs';
    await validators.ready;
    const read = async name => (await fetch('/cases/' + name)).json();
    window.compared = {
      cases: compare(validators, await read('validators.json'), await read('answers.json')),
      strange: compareStrange(validators),
    };`;
  const complaints = await open(page, { body: '', main, files });
  await expect.poll(() => page.evaluate(() => window.compared !== undefined)).toBe(true);
  const { cases, strange } = await page.evaluate(() => window.compared);
  expect(cases.wrong).toEqual([]);
  expect(cases.count).toBeGreaterThan(400);
  expect(strange.wrong).toEqual([]);
  expect(strange.count).toBeGreaterThan(150);
  expect(complaints).toEqual([]);
});
