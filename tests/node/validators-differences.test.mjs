import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';

import { path, results, split, text } from './differences/document.mjs';
import { rangesInUse } from './differences/ranges.mjs';
import numbering from '../cases/numbering.json' with { type: 'json' };

const all = results();

suite('differences from independent packages', () => {
  for (const { comparison, result } of all) {
    test(comparison.name, () => {
      assert.deepEqual(result.undecided.slice(0, 20), []);
      for (const { title, count } of result.classes) assert.ok(count > 0, `nothing is of the class "${title}" any more`);
    });
  }

  test('at least 10,000 numbers of ten digits are compared', () => {
    const tenDigits = all[0].comparison.inputs.filter(input => /^\d{10}$/.test(input));
    assert.ok(new Set(tenDigits).size >= 10_000);
  });

  test('the document lists them', () => {
    const expected = text(all);
    const [, python] = split(readFileSync(path, 'utf8'));
    if (process.env.UPDATE) writeFileSync(path, expected + python);
    assert.equal(split(readFileSync(path, 'utf8'))[0], expected, 'run with UPDATE=1 and look at what changed');
  });
});

test("the ranges in use are those of libphonenumber's expressions", () => {
  assert.deepEqual(numbering.ranges, rangesInUse());
});
