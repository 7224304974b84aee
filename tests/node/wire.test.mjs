import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { allFixtures, assertFollows, placeOf, schema, validator } from './contract.mjs';

suite('the schema', () => {
  for (const formats of [false, true]) {
    test(`judges every fixture as the index says, formats ${formats ? 'asserted' : 'not asserted'}`, () => {
      for (const { name, definition, text, valid, onlyCodeChecks, expected } of allFixtures()) {
        const document = parse(text);
        if (document === undefined) {
          assert.deepEqual(expected, { code: 'json', path: '' }, name);
          continue;
        }
        assert.equal(compiled(definition, formats)(document), valid || Boolean(onlyCodeChecks), name);
      }
    });
  }

  test('objects to the place that the reader names', () => {
    for (const { name, definition, text, valid, onlyCodeChecks, expected } of allFixtures()) {
      const document = parse(text);
      if (valid || onlyCodeChecks || document === undefined) continue;
      const validate = compiled(definition, false);
      validate(document);
      const places = validate.errors.map(placeOf);
      assert.ok(places.includes(expected.path), `${name}: ${places} is not ${expected.path}`);
    }
  });

  test('describes every member', () => {
    const described = (member) => member.description ?? schema.$defs[member.$ref?.split('/').at(-1)]?.description;
    const visit = (node, place) => {
      for (const [key, value] of Object.entries(node)) {
        if (key === 'if' || key === 'then') continue;
        if (key === 'properties') {
          for (const [name, member] of Object.entries(value)) assert.ok(described(member), `${place}.${name}`);
        }
        if (value !== null && typeof value === 'object') visit(value, `${place}.${key}`);
      }
    };
    visit(schema.$defs, '$defs');
  });

  test('says in words what breaks the contract', () => {
    assert.throws(() => assertFollows('problem', { errors: [{ field: 'email' }] }), {
      message: /^this problem breaks the contract: errors\[0\]\.code must have required property 'code'/,
    });
    assertFollows('problem', {});
  });
});

const cache = new Map();

function compiled(definition, formats) {
  const key = `${definition} ${formats}`;
  if (!cache.has(key)) cache.set(key, validator(definition, { formats }));
  return cache.get(key);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
