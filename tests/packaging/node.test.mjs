import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { install, run } from './tarball.mjs';

const app = install();

/** Runs `source` as a file of the app and returns what it prints as JSON. */
function node(name, source) {
  writeFileSync(join(app, name), source);
  return JSON.parse(run(app, process.execPath, '--no-warnings', name));
}

test('the element imports without a DOM', () => {
  const printed = node(
    'element.mjs',
    `import * as registered from 'efecty-checkout';
     import * as bare from 'efecty-checkout/element';
     import * as slim from 'efecty-checkout/slim';
     console.log(JSON.stringify([registered, bare, slim].map(({ EfectyCheckoutElement }) => typeof EfectyCheckoutElement)));`,
  );
  assert.deepEqual(printed, ['function', 'function', 'function']);
});

test('the validators work once they are ready', () => {
  const printed = node(
    'validators.mjs',
    `import { formatPesos, ready } from 'efecty-checkout/validators';
     await ready;
     console.log(JSON.stringify(formatPesos(1234567)));`,
  );
  assert.equal(printed, '$\u00a01.234.567');
});

test('a failed load of the validators is not the last', () => {
  const printed = node(
    'retry.mjs',
    `const { instantiate } = WebAssembly;
     WebAssembly.instantiate = () => Promise.reject(new Error('not now'));
     const validators = await import('efecty-checkout/validators');
     const first = await validators.ready.catch(error => error.message);
     WebAssembly.instantiate = instantiate;
     await validators.init();
     await validators.ready;
     console.log(JSON.stringify([first, validators.formatPesos(0)]));`,
  );
  assert.deepEqual(printed, ['not now', '$\u00a00']);
});

test('the server entry is ready at import', () => {
  const printed = node(
    'server.mjs',
    `import { formatPesos } from 'efecty-checkout/server';
     console.log(JSON.stringify(formatPesos(52000)));`,
  );
  assert.equal(printed, '$\u00a052.000');
});

test('the server entry outlives a trap', () => {
  const printed = node(
    'trap.mjs',
    `const { Instance, RuntimeError } = WebAssembly;
     const trap = () => { throw new RuntimeError('unreachable'); };
     WebAssembly.Instance = class {
       constructor(...source) {
         WebAssembly.Instance = Instance;
         this.exports = { ...new Instance(...source).exports, formatPesos: trap };
       }
     };
     const { formatPesos } = await import('efecty-checkout/server');
     let first;
     try { formatPesos(52000); } catch (error) { first = error.message; }
     console.log(JSON.stringify([first, formatPesos(52000)]));`,
  );
  assert.deepEqual(printed, ['unreachable', '$\u00a052.000']);
});

test('the slim server entry takes bytes or a compiled module', () => {
  for (const source of ['bytes', 'new WebAssembly.Module(bytes)']) {
    const printed = node(
      'server-slim.mjs',
      `import { readFileSync } from 'node:fs';
       import { fileURLToPath } from 'node:url';
       import { formatPesos, init } from 'efecty-checkout/server/slim';
       const bytes = readFileSync(fileURLToPath(import.meta.resolve('efecty-checkout/server.wasm')));
       await init(${source});
       console.log(JSON.stringify(formatPesos(52000)));`,
    );
    assert.equal(printed, '$\u00a052.000');
  }
});

test('every entry can be required', () => {
  const entries = ['', '/element', '/slim', '/validators', '/server', '/server/slim'];
  const printed = node(
    'require.cjs',
    `const entries = ${JSON.stringify(entries)}.map(entry => require('efecty-checkout' + entry));
     console.log(JSON.stringify(entries.map(entry => Object.keys(entry).length > 0)));`,
  );
  assert.deepEqual(printed, entries.map(() => true));
});
