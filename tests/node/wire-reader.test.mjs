// The widget's reader over JavaScript's own values, as the server module exports it.

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { readCreateVoucher, readOrder, readProblem, readVoucher } from '../../pkg/server.js';
import { allFixtures, assertFollows, schemaAccepts } from './contract.mjs';

const readers = { voucher: readVoucher, order: readOrder, createVoucher: readCreateVoucher, problem: readProblem };

suite('the reader', () => {
  test('judges every fixture as the index says', () => {
    for (const { name, definition, text, valid, expected } of allFixtures()) {
      assert.deepEqual(judge(definition, text), valid ? undefined : expected, name);
    }
  });

  test('reads what it gave again, and gives the same', () => {
    for (const { name, definition, text, valid } of allFixtures()) {
      if (!valid) continue;
      const document = readers[definition](text);
      assertFollows(definition, document);
      assert.deepEqual(readers[definition](JSON.stringify(document)), document, name);
    }
  });

  test('gives every member as it was written', () => {
    const inUtc = (name, value) => (/^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value).toISOString() : value);
    for (const { name, folder, definition, text } of allFixtures()) {
      if (!/^(vouchers|orders)$/.test(folder) || !name.endsWith('/every-member.json')) continue;
      assert.deepEqual(readers[definition](text), JSON.parse(text, inUtc), name);
    }
  });

  test('agrees with the schema on documents changed at random', () => {
    const random = generator(20261123);
    const documents = [...validDocuments()];
    const values = [...new Map(documents.flatMap(([, document]) => everyValue(document))).values()];
    for (let i = 0; i < 4000; i++) {
      const [definition, document] = structuredClone(pick(random, documents));
      for (let n = 1 + random(3); n > 0; n--) change(random, document, values);
      const verdict = judge(definition, JSON.stringify(document));
      const said = `${JSON.stringify(verdict)}: ${JSON.stringify(document)}`;
      if (!schemaAccepts(definition, document)) assert.ok(verdict, `only the schema refuses ${said}`);
      else assert.ok(!verdict || onlyCodeChecks(verdict), `only the reader refuses ${said}`);
    }
  });

  test('throws an error that says what was expected and where', () => {
    assert.throws(() => readVoucher('{"version": 2}'), {
      name: 'Error',
      message: 'expected version 1 at version',
      code: 'version',
      path: 'version',
    });
  });

  test('ignores what stands in a prototype of its own making', () => {
    const text = '{"__proto__": {"title": "inherited"}, "code": "order-closed"}';
    assert.deepEqual(readProblem(text), { code: 'order-closed' });
  });
});

/** Nothing where the document is read, else the code and the path of the refusal. */
function judge(definition, text) {
  try {
    readers[definition](text);
    return undefined;
  } catch ({ code, path }) {
    return { code, path };
  }
}

/** The rules that the schema's comment says it cannot check. */
function onlyCodeChecks({ code, path }) {
  return code === 'opening' || path.endsWith('.maxLength') || path.endsWith('.amount.max');
}

function* validDocuments() {
  for (const { folder, definition, text, valid } of allFixtures()) {
    if (valid && folder !== 'texts') yield [definition, JSON.parse(text)];
  }
}

/** Everything within a document, by its JSON. */
function everyValue(value) {
  const inner = value !== null && typeof value === 'object' ? Object.values(value).flatMap(everyValue) : [];
  return [[JSON.stringify(value), value], ...inner];
}

/** A member or an item replaced, left out, or a text with one character more or less. */
function change(random, document, values) {
  let place = document;
  for (;;) {
    const name = pick(random, Object.keys(place));
    if (name === undefined) return;
    const value = place[name];
    if (value !== null && typeof value === 'object' && random(3) > 0) {
      place = value;
      continue;
    }
    const kind = random(3);
    if (kind === 0) place[name] = structuredClone(pick(random, values));
    else if (kind === 1) Array.isArray(place) ? place.splice(Number(name), 1) : delete place[name];
    else if (typeof value === 'string') place[name] = edit(random, value);
    return;
  }
}

function edit(random, text) {
  const characters = [...'0aZ-.:/@[]?#T \n\t\0\u007f\u0085\u00a0\u00adñ\u200b\u200d\u202e\u2066\ufeff\ufffd０🍎\\"|~_', ''];
  const at = random(text.length + 1);
  return text.slice(0, at) + pick(random, characters) + text.slice(at + random(2));
}

function pick(random, items) {
  return items[random(items.length)];
}

/** Whole numbers below a bound, the same ones each time (mulberry32). */
function generator(seed) {
  return (bound) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * bound);
  };
}
