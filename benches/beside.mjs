// Measures ours beside others, in Node and in Chromium, in one run: node beside.mjs BENCH
//
// BENCH/subjects.mjs exports `tasks(ours)` and `packages`, the names of the others.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

import { chromium } from '@playwright/test';
import { build } from 'esbuild';

import { measure } from './measure.mjs';
import * as server from '../pkg/server.js';

const bench = process.argv[2];
const { tasks, packages } = await import(`./${bench}/subjects.mjs`);
const root = new URL('../', import.meta.url);
const PAGE = `
  import * as validators from '../pkg/validators.js';
  import { measure } from './measure.mjs';
  import { tasks } from './${bench}/subjects.mjs';
  window.measured = validators.ready.then(() => () => measure(tasks(validators)));
`;

/** Everything as one script, as a page would load it. */
async function script() {
  const { outputFiles } = await build({
    stdin: { contents: PAGE, resolveDir: fileURLToPath(new URL('benches', root)) },
    bundle: true,
    format: 'esm',
    write: false,
    minify: true,
    logLevel: 'error',
  });
  return outputFiles[0].contents;
}

/** Measures in Chromium, once at full speed and once with the processor slowed down four times. */
async function inChromium() {
  const main = await script();
  const site = createServer((request, response) => {
    const isMain = request.url === '/main.js';
    response.setHeader('content-type', isMain ? 'text/javascript' : 'text/html');
    response.end(isMain ? main : '<!doctype html><script type="module" src="/main.js"></script>');
  });
  await new Promise(resolve => site.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: ['--disable-gpu'] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${site.address().port}/`);
    await page.waitForFunction('window.measured');
    const run = () => page.evaluate(async () => (await window.measured)());
    const full = await run();
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    return { version: browser.version(), full, slowed: await run() };
  } finally {
    await browser.close();
    site.close();
  }
}

function print(node, { full, slowed }) {
  const columns = ['µs a call, the wasm boundary included', 'Node', 'Chromium', 'Chromium, CPU/4'];
  const rows = node.flatMap(({ name, results }, task) => [
    [name],
    ...results.map(({ candidate, micros }, i) => [
      `  ${candidate}`,
      ...[micros, full[task].results[i].micros, slowed[task].results[i].micros].map(value => value.toFixed(2)),
    ]),
    ...results.slice(1).map(({ candidate }, i) => [
      `  ${candidate} / ours`,
      ...[node, full, slowed].map(all => `${ratio(all[task].results, i + 1)}x`),
    ]),
  ]);
  const width = Math.max(...rows.map(([name]) => name.length), columns[0].length);
  for (const [name, ...cells] of [columns, ...rows]) {
    console.log(name.padEnd(width) + cells.map(cell => cell.padStart(17)).join(''));
  }
}

function ratio(results, i) {
  return (results[i].micros / results[0].micros).toFixed(2);
}

const versions = packages.map(name => {
  const { version } = JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, root), 'utf8'));
  return `${name} ${version}`;
});
const node = measure(tasks(server));
const browser = await inChromium();
console.log(`Node ${process.versions.node}, Chromium ${browser.version}, ${versions.join(', ')}\n`);
print(node, browser);
