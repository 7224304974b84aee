// E-mail addresses: the rule of browsers (WHATWG HTML) and validator.
import validator from 'validator';

import { validateEmail } from '../../../pkg/server.js';
import { random } from '../random.mjs';

/** `<input type="email">`, https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address */
const BROWSER =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

const KNOWN = [
  'juan@localhost', 'juan..p@correo.com', '.juan@correo.com', 'juan.@correo.com', 'juan@127.0.0.1', 'juan@x.123',
  'peña@correo.com.co', 'juan@peña.com.co', '"juan perez"@example.com', 'juan@example.com\u200b', '\u202ejuan@example.com',
  'juan@\u0435xample.com', `${'j'.repeat(65)}@example.com`, 'juan@gmail.con', ' juan@correo.com ', 'juan@correo.com\n',
  'ju\nan@correo.com', '\u00a0juan@correo.com', 'juan@correo.c', 'juan@-correo.com', 'juan@correo-.com', 'juan@co_rreo.com',
  'juan@xn--pea-8la.com', 'juan@[127.0.0.1]', 'juan@correo..com', 'juan@.com', 'juan@com.', '@', 'juan', '', 'a@b@c.com',
  'Juan <juan@correo.com>', 'juan@correo.com,ana@correo.com', `${'j'.repeat(60)}@${'c'.repeat(30)}.com`,
  `j@${'c'.repeat(64)}.com`, `j@${'c.'.repeat(130)}com`, "o'brien@correo.com", 'juan+efecty@correo.com', 'juan@correo.travel',
  'juan@123.com', 'juan@1.2.co', 'j!#$%&*+/=?^_`{|}~-@correo.com', '\u{1f600}@correo.com', 'juan@correo.com\u0000',
];
const PARTS = ['juan', 'maria.n', 'a', '1', 'x'.repeat(30), 'gmail', 'correo', 'com', 'co', 'edu', '123', 'Ñ', 'xn--pea'];
const SIGNS = ['@', '@', '@', '.', '.', '.', '-', '_', '+', '..', ' ', '"', ',', "'", '\u200b', 'é', '', '', ''];

function emailInputs() {
  const chance = random(5321);
  const inputs = [...KNOWN];
  for (let i = 0; i < 4000; i += 1) {
    inputs.push(Array.from({ length: chance.int(2, 7) }, () => chance.pick(PARTS) + chance.pick(SIGNS)).join(''));
  }
  for (let i = 0; i < 4000; i += 1) {
    const local = Array.from({ length: chance.int(1, 3) }, () => chance.pick(PARTS)).join(chance.pick(['.', '_', '-', '+']));
    const domain = Array.from({ length: chance.int(1, 4) }, () => chance.pick(PARTS)).join('.');
    inputs.push(`${local}@${domain}`);
  }
  return inputs;
}

const refused = 'refused';

function ours(text) {
  const { ok, error } = validateEmail(text);
  return ok ? { verdict: 'accepted' } : { verdict: refused, code: error.code };
}

/** As a browser does: line breaks go, then spaces around. */
function byBrowser(text) {
  const sanitized = text.replace(/[\n\r]/g, '').replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, '');
  return BROWSER.test(sanitized) ? 'accepted' : refused;
}

const byCode = (...codes) => ({ theirs, code }) => theirs === 'accepted' && codes.includes(code);
const trimmed = {
  title: 'spaces around the address are dropped, of any width',
  reason: 'They come with pasting; inside the address they are refused.',
  holds: ({ text, ours, theirs }) => ours === 'accepted' && theirs === refused && text !== text.trim(),
};
const lengths = {
  title: 'more than 80 characters, or 64 before the `@`, are refused',
  reason: '64 is the limit of RFC 5321; 80 the least that a gateway takes, and the rule can raise it to 254.',
  holds: byCode('too_long', 'local_part_too_long'),
};
const domain = {
  title: 'a domain without a dot, or with a number at its end, is refused',
  reason: 'Nobody receives a voucher at `localhost` or at an address of numbers.',
  holds: byCode('invalid_domain'),
};

const inputs = emailInputs();

/** The comparisons of e-mail addresses. */
export const emails = [
  {
    name: 'E-mail: what browsers accept (WHATWG HTML)',
    about: 'The expression of the standard, after the clean-up that a browser does.',
    inputs,
    ours,
    theirs: byBrowser,
    decided: [
      {
        title: 'a dot at an end of the local part, or two in a row, is refused',
        reason: 'RFC 5321 has no such address, and gateways refuse it.',
        holds: byCode('misplaced_dot'),
      },
      domain,
      lengths,
      trimmed,
      {
        title: 'a line break inside the address is refused',
        reason: 'A browser joins the two lines; here nothing is joined unseen.',
        holds: ({ text, theirs, code }) => theirs === 'accepted' && code === 'invalid_character' && /[\n\r]/.test(text.trim()),
      },
    ],
  },
  {
    name: 'E-mail: validator 13.15.35, `isEmail(text)`',
    about: 'With its own defaults.',
    inputs,
    ours,
    theirs: text => (validator.isEmail(text) ? 'accepted' : refused),
    decided: [
      {
        title: 'letters beyond ASCII are refused',
        reason: 'Browsers refuse them and gateways do not deliver to them.',
        holds: ({ text, theirs, code }) => theirs === 'accepted' && code === 'invalid_character' && /[^\0-\x7f]/.test(text),
      },
      {
        title: 'invisible characters are refused',
        reason: 'What cannot be seen cannot be checked by the shopper.',
        holds: byCode('invisible_character'),
      },
      {
        title: 'quoted local parts are refused',
        reason: 'Browsers refuse them, and no provider gives them out.',
        holds: ({ text, theirs, code }) => theirs === 'accepted' && code === 'invalid_character' && text.startsWith('"'),
      },
      lengths,
      trimmed,
      {
        title: 'domains that browsers accept: parts of any length, one letter at the end',
        reason: 'Whether a top-level domain exists is not a matter of its form; a slip gets a suggestion.',
        holds: ({ text, ours, theirs }) => ours === 'accepted' && theirs === refused && byBrowser(text) === 'accepted',
      },
    ],
  },
];
