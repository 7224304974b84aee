// The document of all differences, generated: docs/validators-differences.md.
import { code, compare, section } from './compare.mjs';
import { emails } from './emails.mjs';
import { nits } from './nits.mjs';
import { phones } from './phones.mjs';
import names from '../../cases/names.json' with { type: 'json' };

const HEAD = `# Where the validators differ from others, and why

Generated from the comparisons that the tests run; a difference that is not listed here fails them.
To write it anew: \`UPDATE=1 node --test tests/node/validators-differences.test.mjs\`, and for Python's
packages, at the end, \`UPDATE=1 node --test tests/slow/validators-python.test.mjs\`.

The numbers of phones in use are not compared by example but as a whole: a test derives every range of
ten-digit numbers from libphonenumber's own expressions for MOBILE and FIXED_LINE and finds them equal to
the table of the validators, so that on every bare number of ten digits, and with +57 or 57 before it, the
verdict is the same, apart from the old numbers below.
`;

/** Where Python's part begins; it is written and compared apart, where Python is at hand. */
const PYTHON = '<!-- Python -->\n';

/** The document. */
export const path = new URL('../../../docs/validators-differences.md', import.meta.url);

/** The document's own part, and Python's. */
export function split(document) {
  const at = document.indexOf(PYTHON);
  return at < 0 ? [document, ''] : [document.slice(0, at), document.slice(at)];
}

/** Every comparison with its result. */
export function results() {
  return [...phones, ...nits, ...emails].map(comparison => ({ comparison, result: compare(comparison) }));
}

/** Python's part of the document. Not every class of the packages they are ports of has an example. */
export function pythonPart(all) {
  const found = ({ classes, ...result }) => ({ ...result, classes: classes.filter(({ count }) => count > 0) });
  return [PYTHON, ...all.map(({ comparison, result }) => section(comparison, found(result)))].join('\n');
}

/** The text of the document but for Python's part. */
export function text(all) {
  return [HEAD, ...all.map(({ comparison, result }) => section(comparison, result)), namesSection()].join('\n');
}

function namesSection() {
  const rows = names.differences.map(({ letter, ours, theirs, reason }) => `| ${code(letter)} | ${code(ours)} | ${code(theirs)} | ${reason} |`);
  return [
    '## Names: unicode-normalization and deunicode',
    '',
    `Every one of the ${names.letters} letters beyond ASCII, decomposed and composed again, equals what`,
    'unicode-normalization makes of it; so does every letter with every combining mark, where the mark is accepted.',
    'Their ASCII forms are those of deunicode but for these:',
    '',
    '| letter | ours | theirs | why ours |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
