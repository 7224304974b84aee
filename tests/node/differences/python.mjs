// Python's phonenumbers and python-stdnum, where Python is at hand.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { nits } from './nits.mjs';
import { phones } from './phones.mjs';

const PACKAGES = ['phonenumbers==9.0.43', 'python-stdnum==2.2'];

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

/** The comparisons, each asking Python once for all of its inputs; or why there is no Python. */
export function python() {
  const interpreter = withPackages();
  if (!interpreter) return { missing: `no Python that has, or can install, ${PACKAGES.join(' and ')}` };
  const [phone, nit] = [phones[0], nits[0]];
  return {
    comparisons: [
      { ...phone, name: `Phones: Python's phonenumbers 9.0.43`, theirs: asked(interpreter, PHONES, phone.inputs) },
      { ...nit, name: `NIT: Python's python-stdnum 2.2`, theirs: asked(interpreter, NITS, nit.inputs) },
    ],
  };
}

/** An interpreter that has the packages: the one at hand, or an environment of its own below `target`. */
function withPackages() {
  const atHand = process.env.PYTHON ?? 'python3';
  if (has(atHand)) return atHand;
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const environment = join(resolve(root, process.env.CARGO_TARGET_DIR ?? 'target'), 'python');
  const own = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const run = (program, ...words) => spawnSync(program, words, { encoding: 'utf8' }).status === 0;
  if (!existsSync(own) && !run(atHand, '-m', 'venv', environment)) return undefined;
  if (!has(own)) run(own, '-m', 'pip', 'install', '--quiet', ...PACKAGES);
  return has(own) ? own : undefined;
}

function has(interpreter) {
  const wanted = JSON.stringify(PACKAGES.map(name => name.split('==')));
  const program = `from importlib.metadata import version\nassert all(version(n) == v for n, v in ${wanted})`;
  return spawnSync(interpreter, ['-c', program]).status === 0;
}

function asked(interpreter, program, inputs) {
  const { status, stdout, stderr } = spawnSync(interpreter, ['-c', program], {
    input: JSON.stringify(inputs),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  const verdicts = new Map(JSON.parse(stdout).map((verdict, i) => [inputs[i], verdict]));
  return text => verdicts.get(text);
}
