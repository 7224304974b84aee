// The README's table of custom properties against the style sheet.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const read = path => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

test('the README lists every custom property with its defaults, and no other', async () => {
  const [css, readme] = await Promise.all([read('pkg/src/checkout.css'), read('README.md')]);
  const used = new Map();
  for (const [, name, light, dark] of css.matchAll(/var\((--efecty-[\w-]+), var\(--_light, ([^)]+)\) var\(--_dark, ([^)]+)\)\)/g)) {
    used.set(name, [light, dark]);
  }
  for (const [, name, value] of css.matchAll(/var\((--efecty-[\w-]+), (?!var)([^;]+)\);/g)) {
    used.set(name, [value, name === '--efecty-font' ? 'the same' : value]);
  }
  const listed = new Map();
  for (const [, name, light, dark] of readme.matchAll(/^\| `(--efecty-[\w-]+)` \| [^|]+ \| `([^`]+)` \| `?([^`|]+?)`? \|$/gm)) {
    listed.set(name, [light, dark]);
  }
  assert.deepEqual(Object.fromEntries([...listed].sort()), Object.fromEntries([...used].sort()));
  // However often a property is used, it has one default.
  assert.equal(new Set(css.match(/--efecty-[\w-]+/g)).size, used.size);
});
