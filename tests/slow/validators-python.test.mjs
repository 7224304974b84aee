// Python's phonenumbers and python-stdnum: each differs only where it was decided, and where stands in
// the generated document.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { compare } from '../node/differences/compare.mjs';
import { path, pythonPart, split } from '../node/differences/document.mjs';
import { python } from '../node/differences/python.mjs';

const { comparisons = [], missing = false } = python();
const all = comparisons.map(comparison => ({ comparison, result: compare(comparison) }));

for (const { comparison, result } of all) {
  test(`${comparison.name} differs only where it was decided`, () => {
    assert.ok(result.count > 10_000);
    assert.deepEqual(result.undecided.slice(0, 20), []);
  });
}

test("the document lists the differences from Python's packages", { skip: missing }, () => {
  const expected = pythonPart(all);
  const [own] = split(readFileSync(path, 'utf8'));
  if (process.env.UPDATE) writeFileSync(path, own + expected);
  assert.equal(split(readFileSync(path, 'utf8'))[1], expected, 'run with UPDATE=1 and look at what changed');
});
