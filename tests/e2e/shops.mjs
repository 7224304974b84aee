// The shops in which what concerns every merchant's backend is tried: the sandbox, and the example in
// Node, which pays at the sandbox's gateway.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { test as base } from '@playwright/test';

const SANDBOX = 'the sandbox';
export const SHOPS = [SANDBOX, 'the example in Node'];

const server = fileURLToPath(new URL('../../examples/node/server.mjs', import.meta.url));

export const test = base.extend({
  /** One of `SHOPS`: `test.use({ shop })`. */
  shop: [SANDBOX, { option: true }],

  /** Where the sandbox is, and with it the gateway and the outlet. */
  sandbox: async ({}, use, { project }) => use(project.use.baseURL),

  baseURL: async ({ shop, sandbox, startNode }, use) => use(shop === SANDBOX ? sandbox : await startNode(sandbox)),

  /** Starts the example where it does not run yet; returns its address. */
  startNode: [
    async ({}, use) => {
      let running;
      await use(sandbox => (running ??= start(sandbox)).then(({ url }) => url));
      await (await running)?.stop();
    },
    { scope: 'worker' },
  ],
});

async function start(sandbox) {
  const directory = await mkdtemp(join(tmpdir(), 'efecty-shop-'));
  const settings = ['--port', '0', '--db', join(directory, 'shop.db'), '--gateway', sandbox];
  const child = spawn(process.execPath, [server, ...settings], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise(resolve => child.once('exit', resolve));
  const stop = async () => {
    child.kill();
    await ended;
    await rm(directory, { recursive: true });
  };
  for await (const line of createInterface(child.stdout)) {
    const [, url] = line.match(/^ready (.+)$/) ?? [];
    if (url) return { url, stop };
  }
  throw new Error('the example in Node did not start');
}
