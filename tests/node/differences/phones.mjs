// Phones: google-libphonenumber, libphonenumber-js and validator.
import google from 'google-libphonenumber';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import validator from 'validator';

import { validatePhone } from '../../../pkg/server.js';
import { random } from '../random.mjs';

/** Letters, signs and invisible characters that get into phone numbers. */
const STRANGE = [
  'O', 'x', 'ext. 2', 'tel:', ';', '#', '*', ',', '~', '\u200b', '\u202a', '\u202c', '\u2068', '\u00ad', '\ufeff', '\u2060',
  '\uff10', '\u0663', '\uff0b', '+', '[', ']', '\u2028', '\u0000', '😀', 'é',
];
/** Beginnings where numbers in use lie close to numbers that are not. */
const BEGINNINGS = [
  '3', '30', '31', '32', '324', '33', '330', '333', '3333', '33330', '34', '35', '37', '36', '38', '39', '60', '601',
  '6010', '60105', '601055', '6010550', '602', '603', '604', '608', '609', '600', '94', '940', '9408', '46', '0', '03',
  '00', '01', '1800', '1900', '1901', '901', '57', '5', '1',
];
const PREFIXES = ['', '+57', '57'];

/** Every number worth asking about: at least 10,000 of ten digits, in each of three spellings. */
export function phoneInputs() {
  const chance = random(20261123);
  const numbers = new Set();
  while (numbers.size < 10_500) {
    const begin = chance.int(0, 2) === 0 ? '' : chance.pick(BEGINNINGS);
    numbers.add(begin + chance.digits(10 - begin.length));
  }
  const inputs = [];
  for (const number of numbers) inputs.push(...PREFIXES.map(prefix => prefix + number));
  for (let i = 0; i < 3000; i += 1) {
    const begin = chance.pick(BEGINNINGS);
    const rest = chance.digits(chance.int(1, 12));
    inputs.push(chance.pick([...PREFIXES, '0057', '00', '009', '+', '+1', '+34', '0']) + begin + rest);
  }
  const valid = [...numbers].filter(number => validatePhone(number).ok);
  for (let i = 0; i < 2500; i += 1) inputs.push(spelled(chance, chance.pick(valid)));
  for (let i = 0; i < 2500; i += 1) {
    const number = chance.pick(PREFIXES) + chance.pick(valid);
    const at = chance.int(0, number.length);
    inputs.push(number.slice(0, at) + chance.pick(STRANGE) + number.slice(at));
  }
  return inputs;
}

/** A number as people write it. */
function spelled(chance, number) {
  const gap = chance.pick([' ', '-', '.', '\u00a0', ' - ', '/', '\u2011']);
  const prefix = chance.pick(['', '+57 ', '57 ', '(+57) ', '0057 ', '+57-', '00 57 ']);
  const [a, b, c] = [number.slice(0, 3), number.slice(3, 6), number.slice(6)];
  return prefix + chance.pick([`(${a}) ${b}${gap}${c}`, [a, b, c].join(gap), `${a}${gap}${b}${c}`, `${a} ${b} ${c.slice(0, 2)} ${c.slice(2)}`]);
}

function ours(text) {
  const { ok, value, error } = validatePhone(text);
  return ok ? { verdict: `${value.kind} ${value.e164}` } : { verdict: `refused (${error.code})`, code: error.code };
}

const util = google.PhoneNumberUtil.getInstance();
const { MOBILE, FIXED_LINE } = google.PhoneNumberType;

function byGoogle(text) {
  let number;
  try {
    number = util.parse(text, 'CO');
  } catch {
    return 'refused';
  }
  const kinds = { [MOBILE]: 'mobile', [FIXED_LINE]: 'landline' };
  const kind = util.isValidNumberForRegion(number, 'CO') ? kinds[util.getNumberType(number)] : undefined;
  return kind ? `${kind} ${util.format(number, google.PhoneNumberFormat.E164)}` : 'refused';
}

function byJs(text) {
  const number = parsePhoneNumberFromString(text, { defaultCountry: 'CO', extract: false });
  const kinds = { MOBILE: 'mobile', FIXED_LINE: 'landline' };
  const kind = number?.isValid() && number.country === 'CO' ? kinds[number.getType()] : undefined;
  return kind ? `${kind} ${number.number}` : 'refused';
}

const refused = 'refused';
const accepts = verdict => !verdict.startsWith(refused);
/** The national digits of a text, without the country's code. */
const national = text => text.replace(/\D/g, '').replace(/^(00)?57(?=\d{7})/, '');

/** Both refuse: only our reason is more. */
const alike = ({ verdict, code }) => ({ verdict: code ? refused : verdict, code });

const libphonenumber = [
  {
    title: '`0057` is read as +57',
    reason: 'Colombians abroad write it so, and it can mean nothing else.',
    holds: ({ text, ours, theirs }) => accepts(ours) && !accepts(theirs) && /^0057/.test(text.replace(/[^\d+]/g, '')),
  },
  {
    title: 'letters are refused',
    reason: 'A letter is a slip of the finger (O for 0), not a word to dial; an extension cannot receive a message.',
    holds: ({ ours, theirs, code }) => !accepts(ours) && accepts(theirs) && code === 'digits_only',
  },
  {
    title: 'invisible characters are refused',
    reason: 'What cannot be seen cannot be checked by the shopper.',
    holds: ({ ours, theirs, code }) => !accepts(ours) && accepts(theirs) && code === 'invisible_character',
  },
  {
    title: 'digits of other scripts and stray signs are refused',
    reason: 'Gateways take ASCII digits; nothing is converted or dropped unseen.',
    holds: ({ ours, theirs, code }) => !accepts(ours) && accepts(theirs) && code === 'invalid_character',
  },
  {
    title: 'the old `46…` numbers of eight digits are refused, with `57` before them or not',
    reason: 'Since 2021 every number has ten digits; the error says how this one is written.',
    holds: ({ text, ours, theirs, code }) =>
      accepts(theirs) && code === 'old_phone_format' && /^0?\d?(46)\d{6}$/.test(national(text)) && !accepts(ours),
  },
  {
    title: 'long-distance prefixes (`0`, `03`, `05`, `07`, `09`, …) are refused',
    reason: 'Prefixes of carriers, gone since 2021; where the number is clear the error says how it is written.',
    holds: ({ text, ours, theirs }) => !accepts(ours) && accepts(theirs) && national(text).startsWith('0'),
  },
];

const inBrackets = {
  title: '`(+57)` in brackets is accepted',
  reason: 'A habitual spelling, which the original libphonenumber reads too.',
  holds: ({ text, ours, theirs }) => accepts(ours) && !accepts(theirs) && text.startsWith('(+57)'),
};

const spelledOut = {
  title: 'spaces, hyphens and the like are accepted',
  reason: 'People write numbers in groups.',
  holds: ({ text, ours, theirs }) => accepts(ours) && !accepts(theirs) && /^[^0]/.test(text) && /[^\d+]/.test(text),
};

const validatorJs = [
  spelledOut,
  {
    title: 'numbers in use that it does not know',
    reason: '303, 3300, 333, 370 and 9408 are in use, by libphonenumber.',
    holds: ({ text, ours, theirs }) => accepts(ours) && !accepts(theirs) && /^(303|3300|333|370|9408)/.test(national(text)),
  },
  {
    title: 'numbers that nobody has',
    reason: '3240 is not in use, by libphonenumber.',
    holds: ({ text, ours, theirs }) => !accepts(ours) && accepts(theirs) && /^3240/.test(national(text)),
  },
  libphonenumber[0],
];

const inputs = phoneInputs();
const own = text => alike(ours(text));

/** The comparisons of phones. */
export const phones = [
  {
    name: 'Phones: google-libphonenumber 3.2.47',
    about: 'Mobile or landline, and the number in E.164; numbers of other countries and other types count as refused.',
    inputs,
    ours: own,
    theirs: byGoogle,
    decided: libphonenumber,
  },
  {
    name: 'Phones: libphonenumber-js 1.13.16, full metadata',
    about: 'The same, without looking for a number inside a longer text.',
    inputs,
    ours: own,
    theirs: byJs,
    decided: [...libphonenumber, inBrackets],
  },
  {
    name: 'Phones: validator 13.15.35, `isMobilePhone(text, "es-CO")`',
    about: 'Mobiles only.',
    inputs,
    ours: text => {
      const { verdict, code } = own(text);
      return verdict.startsWith('mobile') ? { verdict: 'accepted' } : { verdict: refused, code };
    },
    theirs: text => (validator.isMobilePhone(text, 'es-CO') ? 'accepted' : refused),
    decided: validatorJs,
  },
];
