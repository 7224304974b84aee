// The TypeScript declarations of the contract, against what the reader gives.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { readCreateVoucher, readOrder, readProblem, readVoucher } from '../../pkg/server.js';
import { allFixtures } from './contract.mjs';

const server = fileURLToPath(new URL('../../pkg/server.js', import.meta.url));
const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
const readers = { readVoucher, readOrder, readCreateVoucher, readProblem };
const folder = mkdtempSync(join(tmpdir(), 'efecty-types-'));
after(() => rmSync(folder, { recursive: true }));

suite('the declarations', () => {
  test('name every member that the readers give, and no other', () => {
    const lines = [...allFixtures()].filter(({ valid }) => valid).map(({ definition, text }) => {
      const reader = `read${definition[0].toUpperCase()}${definition.slice(1)}`;
      return `take<ReturnType<typeof ${reader}>>(${JSON.stringify(readers[reader](text))});`;
    });
    assert.deepEqual(compile(lines), []);
  });

  test('require what the contract requires', () => {
    const errors = compile([
      'take<ReturnType<typeof readVoucher>>({ version: 1 });',
      'take<ReturnType<typeof readProblem>>({ status: "404" });',
      'take<ReturnType<typeof readOrder>>({ ...readOrder(""), requirements: { documents: [{ type: "DNI" }] } });',
    ]);
    assert.deepEqual(errors, [1, 2, 3]);
  });
});

/** The lines that TypeScript refuses. */
function compile(lines) {
  const imports = `import { ${Object.keys(readers).join(', ')} } from ${JSON.stringify(server)};`;
  const head = `${imports} declare function take<T>(value: T): void;`;
  writeFileSync(join(folder, 'use.ts'), [head, ...lines].join('\n'));
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler'];
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...options, '--types', '', 'use.ts'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const numbers = [...stdout.matchAll(/^use\.ts\((\d+),/gm)].map(([, line]) => Number(line) - 1);
  assert.equal(status === 0, numbers.length === 0, stdout);
  return [...new Set(numbers)];
}
