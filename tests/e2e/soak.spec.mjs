// A page that is open for weeks, and one that mounts a thousand elements: memory stays flat, the console empty.
import { expect, test } from '@playwright/test';

import { Backend, open, token, voucher } from './page.mjs';

/** Answers in the page itself with a voucher that is due in half an hour, and tells the wasm memory's size. */
const surroundings = `
  const { instantiate } = WebAssembly;
  window.memories = [];
  WebAssembly.instantiate = async (...all) => {
    const result = await instantiate.apply(WebAssembly, all);
    window.memories.push((result.instance ?? result).exports.memory);
    return result;
  };
  let n = 0;
  window.asked = 0;
  window.answer = async () => {
    window.asked += 1;
    const at = millis => new Date(Date.now() + millis).toISOString();
    const body = { ...${JSON.stringify(voucher())}, serverTime: at(0), expiresAt: at(1_800_000) };
    const headers = { 'content-type': 'application/json', 'server-time': at(0), etag: '"' + (n += 1) + '"' };
    return new Response(JSON.stringify(body), { headers });
  };
  window.mount = () => {
    const element = document.createElement('efecty-checkout');
    element.fetch = window.answer;
    element.setAttribute('endpoint', '/api');
    element.setAttribute('token', '${token}');
    document.querySelector('main').append(element);
    return element;
  };
  window.turn = (set => () => new Promise(resolve => set(resolve, 0)))(window.setTimeout);
`;

/** Clocks and timers that the test drives. */
const clocks = `
  const now = performance.now.bind(performance), wall = Date.now.bind(Date);
  window.passed = 0;
  performance.now = () => now() + passed;
  Date.now = () => wall() + passed;
  window.due = [];
  window.setTimeout = (run, millis) => {
    due.push({ run, at: performance.now() + millis });
    return due.at(-1);
  };
  window.clearTimeout = timer => void (due = due.filter(other => other !== timer));
`;

test('100,000 ticks @slow', async ({ page }) => {
  test.setTimeout(900_000);
  const complaints = await begin(page, surroundings + clocks);
  await page.evaluate(async () => {
    const element = window.mount();
    while (element.state !== 'voucher') await window.turn();
  });
  await report(page, 'ticks', [10_000, 30_000, 30_000, 30_000], async n => {
    const { asked, shown } = await page.evaluate(async n => {
      const before = window.asked;
      for (let i = 0; i < n; ) {
        const timer = window.due.shift();
        if (timer) {
          window.passed += Math.max(0, timer.at - performance.now());
          timer.run();
          i += 1;
        }
        // An answer needs a turn of the browser's, and so does drawing.
        if (!timer || i % 50 === 0) await window.turn();
        else await null;
      }
      const shown = document.querySelector('efecty-checkout').shadowRoot.querySelector('[part~=countdown]');
      return { asked: window.asked - before, shown: shown?.textContent };
    }, n);
    expect(asked, 'questions').toBeGreaterThan(n / 200);
    expect(shown, 'a countdown of less than an hour').toMatch(/\d\d?:\d\d|min/);
  });
  expect(complaints).toEqual([]);
});

test('1,000 mounts and unmounts @slow', async ({ page }) => {
  test.setTimeout(900_000);
  const complaints = await begin(page, surroundings);
  const mount = n =>
    page.evaluate(async n => {
      for (let i = 0; i < n; i += 1) {
        const element = window.mount();
        while (element.state !== 'voucher') await window.turn();
        element.remove();
        await window.turn();
        // Events name their elements: what the page keeps of them would keep those.
        window.told.length = 0;
      }
    }, n);
  await mount(1);
  await report(page, 'mounts', [100, 300, 300, 300], mount);
  expect(complaints).toEqual([]);
});

/** Opens the page with `script`; returns what it complains about. */
async function begin(page, script) {
  const files = { '/surroundings.js': { body: script, contentType: 'text/javascript' } };
  const main = "import '/surroundings.js'; await import('/pkg/index.js');";
  const complaints = await open(page, { body: '<main></main>', backend: new Backend(), main, files });
  await page.waitForFunction(() => customElements.get('efecty-checkout'));
  return complaints;
}

/**
 * Does something so many times a round, prints the memory after each, and expects none to be lost after the first.
 * The module does with the memory that it has before.
 */
async function report(page, what, rounds, run) {
  const session = await page.context().newCDPSession(page);
  const measure = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize: heap } = await session.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners: listeners } = await session.send('Memory.getDOMCounters');
    const wasm = await page.evaluate(() => window.memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0));
    return { heap, wasm, nodes, listeners };
  };
  const before = await measure();
  let first;
  let done = 0;
  for (const n of rounds) {
    await run(n);
    done += n;
    const { heap, wasm, nodes, listeners } = await measure();
    first ??= { heap, nodes, listeners };
    const kilo = bytes => `${Math.round(bytes / 1024)} kB`;
    console.log(`${done} ${what}: heap ${kilo(heap)}, wasm ${kilo(wasm)}, nodes ${nodes}, listeners ${listeners}`);
  }
  expect(before.wasm).toBeGreaterThan(0);
  // The last element may still be waited for by a timer: it goes with the next garbage.
  await expect(async () => {
    const last = await measure();
    expect(last.wasm, 'wasm memory').toBe(before.wasm);
    expect(last.heap - first.heap, 'growth of the heap').toBeLessThan(256 * 1024);
    expect(last.nodes - first.nodes, 'nodes').toBeLessThan(100);
    expect(last.listeners - first.listeners, 'listeners').toBeLessThan(20);
  }).toPass({ timeout: 10_000 });
}
