import assert from 'node:assert/strict';
import { test } from 'node:test';

import { compare, compareStrange } from '../cases/run.mjs';
import answers from '../cases/answers.json' with { type: 'json' };
import cases from '../cases/validators.json' with { type: 'json' };
import * as server from '../../pkg/server.js';
import * as validators from '../../pkg/validators.js';

await validators.ready;

for (const [name, build] of Object.entries({ server, validators })) {
  test(`efecty-checkout/${name} answers every case to the letter as Rust does`, () => {
    const { count, wrong } = compare(build, cases, answers);
    assert.ok(count > 400);
    assert.deepEqual(wrong, []);
  });

  test(`efecty-checkout/${name} gives a typed error for any argument of the wrong kind`, () => {
    const { count, wrong } = compareStrange(build);
    assert.ok(count > 150);
    assert.deepEqual(wrong, []);
  });

  test(`efecty-checkout/${name} answers the same where isWellFormed is missing`, () => {
    const { isWellFormed } = String.prototype;
    delete String.prototype.isWellFormed;
    try {
      assert.deepEqual(compareStrange(build).wrong, []);
    } finally {
      Object.defineProperty(String.prototype, 'isWellFormed', { value: isWellFormed, configurable: true, writable: true });
    }
  });
}
