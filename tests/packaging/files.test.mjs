import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
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

test('every export of the package is a file in it', () => {
  const installed = join(install(), 'node_modules/efecty-checkout');
  for (const [name, target] of Object.entries(packageJson.exports)) {
    assert.ok(existsSync(join(installed, target)), `${name} is ${target}, which is missing`);
  }
});
