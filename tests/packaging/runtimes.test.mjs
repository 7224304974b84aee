// The server entry in Deno and Bun, which npm brings where the machine has none.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { install, root, run } from './tarball.mjs';

/** What is asked of every runtime: a validator, a gateway's callback made by its own crypto, its errors. */
const SCRIPT = `
  import { createHmac } from 'node:crypto';
  import { formatPesos, statusFromGateway, verifyCallback } from 'efecty-checkout/server';

  const now = '2026-07-03T00:50:08.000Z';
  const id = String(Date.parse(now));
  const body = JSON.stringify({ ticketNumber: '1', totalAmount: 20000, currency: 'COP', status: 'approvedTransaction' });
  const signature = createHmac('sha256', 'whsec').update(body + '.' + id).digest('hex');
  const headers = new Headers({ 'x-kushki-id': id, 'x-kushki-signature': signature });
  const verify = (rawBody, secret) =>
    verifyCallback('kushki', { headers, rawBody }, { webhookSecret: secret }, { now }).authentic;
  let code;
  try { statusFromGateway('payu', '<a>'); } catch (error) { code = error.code; }
  console.log(JSON.stringify([
    formatPesos(52000), verify(new TextEncoder().encode(body), 'whsec'), verify(body + ' ', 'whsec'),
    verify(body, 'other'), code,
  ]));
`;
const EXPECTED = ['$\u00a052.000', true, false, false, 'not-json'];

const RUNTIMES = {
  node: ['server.mjs'],
  deno: ['run', '--no-remote', '--node-modules-dir=manual', '--allow-read', '--allow-env', 'server.mjs'],
  bun: ['server.mjs'],
};

/** What npm brings where the machine has none of its own. */
const PACKAGES = ['deno@2.9.6', 'bun@1.4.5'];

/** Where npm puts the runtimes: they are large, and stay for the next time. */
const brought = join(root, 'target', 'runtimes');

/** The runtime's program, or why there is none. */
function program(name) {
  if (name === 'node') return { path: process.execPath };
  const version = path => run(root, path, '--version').split('\n')[0];
  for (const path of [name, join(brought, 'node_modules', '.bin', name)]) {
    try {
      return { path, version: version(path) };
    } catch { /* Not here, or not for this machine. */ }
  }
  try {
    mkdirSync(brought, { recursive: true });
    writeFileSync(join(brought, 'package.json'), '{ "private": true }');
    run(brought, 'npm', 'install', '--no-save', '--no-audit', '--no-fund', ...PACKAGES);
    const path = join(brought, 'node_modules', '.bin', name);
    return { path, version: version(path) };
  } catch (error) {
    return { missing: `${name} is neither installed nor to be had from npm: ${error.message.split('\n')[0]}` };
  }
}

const app = install();
writeFileSync(join(app, 'server.mjs'), SCRIPT);

for (const [name, args] of Object.entries(RUNTIMES)) {
  const { path, missing } = program(name);
  test(`the server entry works in ${name}`, { skip: missing ?? false }, () => {
    assert.deepEqual(JSON.parse(run(app, path, ...args)), EXPECTED);
  });
}
