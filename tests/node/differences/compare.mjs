// Compares our verdicts with those of an independent package, and sorts every difference into a class
// that has been decided.

/**
 * A comparison: `inputs` are judged by `ours` and by `theirs`, each a function from a text to a verdict
 * (a short text). `decided` are the classes of differences, tried in order: `holds` says whether a
 * difference is of the class.
 */
export function compare({ inputs, ours, theirs, decided }) {
  const classes = decided.map(({ title, reason }) => ({ title, reason, count: 0, examples: [] }));
  const undecided = [];
  let agreed = 0;
  for (const text of inputs) {
    const own = ours(text);
    const other = theirs(text);
    if (own.verdict === other) {
      agreed += 1;
      continue;
    }
    const i = decided.findIndex(({ holds }) => holds({ text, ours: own.verdict, code: own.code, theirs: other }));
    if (i < 0) {
      undecided.push({ text, ours: own.verdict, theirs: other });
      continue;
    }
    classes[i].count += 1;
    if (classes[i].examples.length < 2) classes[i].examples.push({ text, ours: own.verdict, theirs: other });
  }
  return { count: inputs.length, agreed, classes, undecided };
}

/** The section of a comparison in the generated document. */
export function section({ name, about }, { count, agreed, classes }) {
  const rows = classes.map(({ title, reason, count, examples }) => {
    const shown = examples.map(({ text, ours, theirs }) => `${code(text)}: ${ours} / ${theirs}`).join('<br>');
    return `| ${title} | ${count} | ${shown} | ${reason} |`;
  });
  return [
    `## ${name}`,
    '',
    `${about} ${count} inputs, ${agreed} judged alike.`,
    '',
    '| difference | inputs | for example: ours / theirs | why ours |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** A text as code in a table, invisible and unusual characters as escapes. */
export function code(text) {
  const visible = Array.from(text, c => (/[\p{L}\p{N}\p{P}\p{S} ]/u.test(c) && c !== '\u2800' ? c : escape(c))).join('');
  const short = visible.length > 48 ? `${visible.slice(0, 40)}…` : visible;
  const quote = short.includes('`') ? '`` ' : '`';
  return quote + short.replaceAll('|', '\\|') + Array.from(quote).reverse().join('');
}

function escape(c) {
  return `\\u{${c.codePointAt(0).toString(16)}}`;
}
