// Python's phonenumbers and python-stdnum, where Python and the two packages are at hand.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

import { compare } from '../node/differences/compare.mjs';
import { nits } from '../node/differences/nits.mjs';
import { phones } from '../node/differences/phones.mjs';

const PHONES = `
import json, sys
import phonenumbers as p
kinds = {p.PhoneNumberType.MOBILE: 'mobile', p.PhoneNumberType.FIXED_LINE: 'landline'}
def verdict(text):
    try:
        number = p.parse(text, 'CO')
    except p.NumberParseException:
        return 'refused'
    kind = kinds.get(p.number_type(number)) if p.is_valid_number_for_region(number, 'CO') else None
    return f'{kind} {p.format_number(number, p.PhoneNumberFormat.E164)}' if kind else 'refused'
print(json.dumps([verdict(text) for text in json.load(sys.stdin)]))
`;

const NITS = `
import json, sys
from stdnum.co import nit
def verdict(text):
    try:
        number = nit.validate(text)
    except nit.ValidationError:
        return 'refused'
    return f'{number[:-1]}-{number[-1]}'
print(json.dumps([verdict(text) for text in json.load(sys.stdin)]))
`;

const comparisons = [
  { name: 'phonenumbers', module: 'phonenumbers', program: PHONES, like: phones[0] },
  { name: 'python-stdnum', module: 'stdnum', program: NITS, like: nits[0] },
];

for (const { name, module, program, like } of comparisons) {
  const missing = spawnSync('python3', ['-c', `import ${module}`]).status !== 0;
  test(`${name} differs only where it was decided`, { skip: missing && `${name} is not installed` }, () => {
    const { status, stdout, stderr } = spawnSync('python3', ['-c', program], {
      input: JSON.stringify(like.inputs),
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    assert.equal(status, 0, stderr);
    const verdicts = new Map(JSON.parse(stdout).map((verdict, i) => [like.inputs[i], verdict]));
    const { undecided } = compare({ ...like, theirs: text => verdicts.get(text) });
    assert.deepEqual(undecided.slice(0, 20), []);
  });
}
