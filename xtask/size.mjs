// Weighs the npm package: node size.mjs [--update]
//
// size.json names what an importer of each entry point downloads and how many bytes of it, compressed
// with brotli, are allowed. --update lowers a budget to what is used, in steps of 100; it never raises one.
// Where an entry has a goal, the budget is on its way there; `reasons` say why something is in it that
// costs more than 2000 bytes.
import { readFile, writeFile } from 'node:fs/promises';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = new URL('../', import.meta.url);
const budgetFile = new URL('size.json', root);
const budgets = JSON.parse(await readFile(budgetFile, 'utf8'));
const update = process.argv.includes('--update');

async function weigh(file) {
  const bytes = await readFile(new URL(`pkg/${file}`, root));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params }).length,
  };
}

const row = (name, ...cells) => console.log(name.padEnd(26) + cells.map(cell => String(cell).padStart(10)).join(''));

const files = [...new Set(Object.values(budgets).flatMap(({ files }) => files))];
const weights = new Map();
for (const file of files) weights.set(file, await weigh(file));

row('file', 'raw', 'gzip', 'brotli');
for (const [file, { raw, gzip, brotli }] of weights) row(file, raw, gzip, brotli);

console.log();
row('import', 'brotli', 'budget', 'left', 'goal');
let over = false;
for (const [name, entry] of Object.entries(budgets)) {
  const used = entry.files.reduce((sum, file) => sum + weights.get(file).brotli, 0);
  if (update) entry.brotli = Math.min(entry.brotli, Math.ceil(used / 100) * 100);
  const left = entry.brotli - used;
  over ||= left < 0;
  row(name, used, entry.brotli, left, entry.goal ?? '', left < 0 ? '  OVER BUDGET' : '  within budget');
}

if (update) await writeFile(budgetFile, JSON.stringify(budgets, null, 2) + '\n');
process.exitCode = over ? 1 : 0;
