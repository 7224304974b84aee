// The numbers of ten digits that libphonenumber's expressions match, as ranges.
import metadata from 'libphonenumber-js/metadata.max.json';

const LENGTH = 10;
/** Where a country's metadata holds the expressions by type: landline, mobile, … */
const TYPES = 11;

/** The ranges in use in Colombia, by libphonenumber: `[first, last, kind]` in ascending order. */
export function rangesInUse() {
  const [[landline], [mobile]] = metadata.countries.CO[TYPES];
  const ranges = [
    ...merged(sequences(mobile)).map(range => [...range, 'mobile']),
    ...merged(sequences(landline)).map(range => [...range, 'landline']),
  ];
  return ranges.sort(([a], [b]) => a - b);
}

/**
 * Every way through an expression, as a list of sets of digits.
 *
 * Understands what these expressions are made of: digits, `\d`, `[…]`, `(?:…)`, `|` and `{n}`.
 */
function sequences(expression) {
  let at = 0;
  const alternatives = () => {
    const all = [sequence()];
    while (expression[at] === '|') {
      at += 1;
      all.push(sequence());
    }
    return all.flat();
  };
  const sequence = () => {
    let ways = [[]];
    while (at < expression.length && !'|)'.includes(expression[at])) {
      const item = repeated(atom());
      ways = ways.flatMap(way => item.map(next => [...way, ...next]));
    }
    return ways;
  };
  const repeated = ways => {
    const [whole, times] = /^\{(\d+)\}/.exec(expression.slice(at)) ?? [];
    if (!whole) return ways;
    at += whole.length;
    return Array.from({ length: Number(times) }).reduce(sofar => sofar.flatMap(way => ways.map(next => [...way, ...next])), [[]]);
  };
  const atom = () => {
    if (expression.startsWith('(?:', at)) {
      at += 3;
      const inner = alternatives();
      at += 1;
      return inner;
    }
    const [token, set] = /^(?:\\d|\[([^\]]+)\]|\d)/.exec(expression.slice(at)) ?? [];
    if (!token) throw new Error(`cannot read ${expression.slice(at)}`);
    at += token.length;
    if (token === '\\d') return [['0123456789']];
    return [[set ? set.replace(/(\d)-(\d)/g, (_, from, to) => '0123456789'.slice(from, Number(to) + 1)) : token]];
  };
  return alternatives();
}

/** The ranges of numbers that sequences of sets of digits stand for. */
function merged(all) {
  const ranges = all
    .filter(sets => sets.length === LENGTH)
    .flatMap(sets => {
      const fixed = sets.findLastIndex(set => set !== '0123456789') + 1;
      const begins = sets.slice(0, fixed).reduce((sofar, set) => sofar.flatMap(text => [...set].map(digit => text + digit)), ['']);
      return begins.map(begin => [Number(begin.padEnd(LENGTH, '0')), Number(begin.padEnd(LENGTH, '9'))]);
    })
    .sort(([a], [b]) => a - b);
  return ranges.reduce((sofar, [first, last]) => {
    const before = sofar.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else sofar.push([first, last]);
    return sofar;
  }, []);
}
