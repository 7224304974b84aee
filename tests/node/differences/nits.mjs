// NITs: stdnum.
import { stdnum } from 'stdnum';

import { nitCheckDigit, validateDocument } from '../../../pkg/server.js';
import { random } from '../random.mjs';

const STRANGE = ['O', 'K', '\uff18', '\u0668', '\u200b', '\u202d', '_', '+', '#', '\n'];
/** Published by their holders: companies and public bodies. */
const KNOWN = ['800197268-4', '890903938-8', '860002964-4', '899999068-1', '830140299-6', '213123432-1'];

function nitInputs() {
  const chance = random(1989);
  const inputs = [...KNOWN, '00000000', '222222222222', '', '-', 'NIT'];
  for (let i = 0; i < 12_000; i += 1) {
    const begin = chance.pick(['', '1', '8', '9', '900', '80', '0']);
    const number = begin + chance.digits(chance.pick([3, 4, 5, 6, 7, 8, 8, 9, 9, 10, 12, 14]) + 1 - begin.length);
    const right = nitCheckDigit(number);
    inputs.push(spelled(chance, number, chance.int(0, 3) ? right : chance.int(0, 9)));
  }
  for (let i = 0; i < 1500; i += 1) {
    const number = chance.pick(['8', '9', '1']) + chance.digits(8);
    const text = `${number}-${nitCheckDigit(number)}`;
    const at = chance.int(0, text.length);
    inputs.push(text.slice(0, at) + chance.pick(STRANGE) + text.slice(at));
  }
  return inputs;
}

/** A number with its check digit, as people write it, or without it. */
function spelled(chance, number, digit) {
  const grouped = number.replace(/\B(?=(\d{3})+$)/g, chance.pick(['.', ' ', '']));
  return chance.pick(['', '', 'NIT ', 'NIT. ', 'Nit: ']) + grouped + chance.pick(['', '-', ' - ', ' ', '.']) + chance.pick([digit, digit, digit, '']);
}

function ours(text) {
  const { ok, value, error } = validateDocument({ type: 'NIT', number: text });
  if (!ok) return { verdict: 'refused', code: error.code };
  const { number, checkDigit, checkDigitTyped, alternative } = value;
  if (checkDigitTyped) return { verdict: `${number}-${checkDigit}` };
  return { verdict: alternative ? `${number} alone, or ${alternative} with its digit` : `${number} alone` };
}

function byStdnum(text) {
  const { isValid, compact } = stdnum.CO.nit.validate(text);
  return isValid ? `${compact.slice(0, -1)}-${compact.slice(-1)}` : 'refused';
}

const accepts = verdict => verdict !== 'refused';
const typedDigits = text => text.replace(/\D/g, '');

/** The comparisons of NITs. */
export const nits = [
  {
    name: 'NIT: stdnum 1.12.0',
    about: 'The number and its check digit; a check digit that was not typed counts as a difference.',
    inputs: nitInputs(),
    ours,
    theirs: byStdnum,
    decided: [
      {
        title: 'a number without its check digit is accepted, and said to be so',
        reason: 'Gateways and shoppers often know the number alone; its digit is computed.',
        holds: ({ ours, theirs }) => ours.includes(' alone') && !accepts(theirs),
      },
      {
        title: 'digits that may be a number, or a number and its check digit, are told as both',
        reason: 'Nine digits from 8 or 9 are a company; they could also be a cédula of eight and its digit. Nothing is guessed silently.',
        holds: ({ ours, theirs }) => ours.includes(' or ') && theirs === ours.replace(/^(\d+)(\d) alone, or \1 with.*/, '$1-$2'),
      },
      {
        title: 'the name `NIT` before the number is accepted',
        reason: 'People copy it from an invoice.',
        holds: ({ text, ours, theirs }) => accepts(ours) && !accepts(theirs) && /^nit/i.test(text),
      },
      {
        title: 'a line break counts as a space',
        reason: 'It comes with pasting from a document.',
        holds: ({ text, ours, theirs }) => accepts(ours) && !accepts(theirs) && text.includes('\n'),
      },
      {
        title: 'a number of six digits is accepted',
        reason: 'The NIT of a person is the number of the cédula, and there are cédulas of six digits.',
        holds: ({ ours, theirs }) => /^\d{6}-/.test(ours) && !accepts(theirs),
      },
      {
        title: 'more than ten digits, or ten that do not begin with 1, are refused',
        reason: 'No company has more than nine and no cédula of ten begins otherwise.',
        holds: ({ text, theirs, code }) => accepts(theirs) && code === 'too_long' && typedDigits(text).length > 10,
      },
      {
        title: 'zeros at the beginning are refused',
        reason: 'No NIT begins with 0; `00000000` is no one.',
        holds: ({ theirs, code }) => accepts(theirs) && code === 'leading_zero',
      },
      {
        title: 'digits of other scripts are refused',
        reason: 'Gateways take ASCII digits; nothing is converted unseen.',
        holds: ({ theirs, code }) => accepts(theirs) && code === 'invalid_character',
      },
    ],
  },
];
