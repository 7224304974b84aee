// Lists what a wasm module's code consists of: node functions.mjs MODULE
//
// Sums the sizes of its functions by the first parts of their names, and lists the largest. The sizes are
// those before wasm-opt, which gives no names.
import { readFileSync } from 'node:fs';

const bytes = readFileSync(process.argv[2]);
const SECTION = { custom: 0, import: 2, code: 10, data: 11 };

let at = 8;
const number = () => {
  for (let result = 0, scale = 1; ; scale *= 128) {
    const byte = bytes[at++];
    result += (byte & 127) * scale;
    if (byte < 128) return result;
  }
};
const text = () => {
  const length = number();
  return bytes.toString('utf8', at, (at += length));
};

/** How many functions are imported: they come first in the numbering. */
function importedFunctions() {
  const count = number();
  for (let i = 0; i < count; i++) {
    const names = [text(), text()];
    if (bytes[at++] !== 0) throw new Error(`expected a function, found another import: ${names.join('.')}`);
    number();
  }
  return count;
}

function functionSizes() {
  return Array.from({ length: number() }, () => {
    const size = number();
    at += size;
    return size;
  });
}

function functionNames(end) {
  const names = new Map();
  while (at < end) {
    const kind = bytes[at++];
    const next = number() + at;
    if (kind === 1) for (let count = number(); count > 0; count--) names.set(number(), text());
    at = next;
  }
  return names;
}

/** `<a::B as c::D>::e` -> `a::B`, without hashes. */
function path(name) {
  const plain = name.replace(/::h[0-9a-f]{16}$/, '').replace(/\[[0-9a-f]{16}\]/g, '');
  return /([a-z_]\w*(?:::\w+)+)/.exec(plain)?.[1] ?? plain;
}

let imported = 0;
let sizes = [];
let names = new Map();
let data = 0;
while (at < bytes.length) {
  const section = bytes[at++];
  const end = number() + at;
  if (section === SECTION.import) imported = importedFunctions();
  if (section === SECTION.code) sizes = functionSizes();
  if (section === SECTION.data) data = end - at;
  if (section === SECTION.custom && text() === 'name') names = functionNames(end);
  at = end;
}

const functions = sizes.map((size, i) => ({ size, name: names.get(i + imported) ?? '?' }));
const groups = new Map();
for (const { size, name } of functions) {
  const parts = path(name).split('::');
  const group = parts.slice(0, parts[0] === 'efecty_checkout' ? 3 : 1).join('::');
  groups.set(group, (groups.get(group) ?? 0) + size);
}

const print = (size, name) => console.log(`${String(size).padStart(8)}  ${name}`);
const total = sizes.reduce((sum, size) => sum + size, 0);
print(total, `code, ${functions.length} functions`);
print(data, 'data');
console.log('\nby path');
for (const [name, size] of [...groups].sort((a, b) => b[1] - a[1]).slice(0, 40)) print(size, name);
console.log('\nlargest');
for (const { size, name } of functions.sort((a, b) => b.size - a.size).slice(0, 40)) print(size, name);
