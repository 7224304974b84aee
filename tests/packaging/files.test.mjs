import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { install, tarball } from './tarball.mjs';
import packageJson from '../../pkg/package.json' with { type: 'json' };

const published = [
  'LICENSE-APACHE',
  'LICENSE-MIT',
  'README.md',
  'checkout.gen.d.ts',
  'checkout.wasm',
  'contract.d.ts',
  'element.d.ts',
  'element.js',
  'events.d.ts',
  'gateway.d.ts',
  'index.d.ts',
  'index.js',
  'openapi.yaml',
  'package.json',
  'payer.d.ts',
  'server-slim.d.ts',
  'server-slim.js',
  'server.d.ts',
  'server.gen.d.ts',
  'server.js',
  'server.wasm',
  'slim.d.ts',
  'slim.js',
  'strings.d.ts',
  'validators.d.ts',
  'validators.gen.d.ts',
  'validators.js',
  'voucher.d.ts',
  'voucher.schema.json',
];

test('the tarball has these files and no other', () => {
  assert.deepEqual(tarball.files, published);
});

test('the README of the package leads nowhere that npm does not have', () => {
  const installed = join(install(), 'node_modules/efecty-checkout');
  const readme = readFileSync(join(installed, 'README.md'), 'utf8');
  const prose = readme.replace(/^```.*?^```/gms, '');
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)/g)];
  const others = [...prose.matchAll(/^\s*\[[^\]]+\]:\s*(\S+)|\b(?:href|src)="([^"]*)"/gm)];
  const targets = [...inline, ...others].map(([, a, b]) => a ?? b);
  assert.ok(targets.length > 0, 'no links at all');
  assert.deepEqual(targets.filter(target => !/^(https:|#)/.test(target)), []);
  // What stood there as a link is still named.
  for (const file of ['openapi.yaml', 'voucher.schema.json', 'strings.d.ts']) {
    assert.ok(readme.includes(`\`${file}\``), file);
    assert.ok(existsSync(join(installed, file)), file);
  }
  assert.match(readme, /`docs\/validators\.md`/);
});

test('every export of the package is a file in it', () => {
  const installed = join(install(), 'node_modules/efecty-checkout');
  for (const [name, target] of Object.entries(packageJson.exports)) {
    assert.ok(existsSync(join(installed, target)), `${name} is ${target}, which is missing`);
  }
});
