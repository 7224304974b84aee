import { join } from 'node:path';
import { test } from 'node:test';

import { install, root, run } from './tarball.mjs';

const tsc = join(root, 'node_modules/typescript/bin/tsc');

const app = install('types');

/** `run` throws where the compiler finds an error. */
function compile(...options) {
  run(app, process.execPath, tsc, '--noEmit', '--strict', '--target', 'es2022', ...options, 'use.ts');
}

test('the declarations are found and sound as a bundler resolves them', () => {
  compile('--module', 'esnext', '--moduleResolution', 'bundler');
});

test('the declarations are found and sound as Node resolves them', () => {
  compile('--module', 'nodenext', '--moduleResolution', 'nodenext');
});
