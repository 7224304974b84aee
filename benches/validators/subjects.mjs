// What is measured: our validators and the packages they stand beside, on the same texts.
import { AsYouType, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { stdnum } from 'stdnum';
import validator from 'validator';

/** The other packages. */
export const packages = ['libphonenumber-js', 'stdnum', 'validator'];

const PHONES = ['3001234567', '+57 300 123 4567', '(601) 234 5678', '573211234567', '300 123 456', '3061234567', '2345678'];
const NITS = ['900.123.456-8', '9001234568', '800197268-4', '900.123.456-3', '890903938', '1020304050-8'];
const EMAILS = ['maria@correo.com.co', 'maria.nanez+efecty@gmail.com', 'maria@gmial.com', 'maria@correo', 'maría@correo.com'];

/** The payers that `validatePayer` is asked about. */
const PAYERS = [
  {
    document: { type: 'CC', number: '1.020.304.050' },
    name: 'María Ñáñez',
    email: 'maria@correo.com',
    phone: '300 123 4567',
  },
  { document: { type: 'NIT', number: '900.123.456-3' }, name: 'Juan 3', email: 'juan@', phone: '2345678' },
];

/** The tasks: for each, every candidate does what the task says. The first is ours. */
export function tasks(ours) {
  return [
    {
      name: 'phone: valid or not, its kind and E.164',
      inputs: PHONES,
      candidates: {
        validatePhone: text => ours.validatePhone(text),
        'libphonenumber-js/max': text => {
          const number = parsePhoneNumberFromString(text, { defaultCountry: 'CO', extract: false });
          return number && [number.isValid(), number.getType(), number.number];
        },
      },
    },
    {
      name: 'phone: mobile or not',
      inputs: PHONES,
      candidates: {
        validatePhone: text => ours.validatePhone(text).ok,
        'validator isMobilePhone': text => validator.isMobilePhone(text, 'es-CO'),
      },
    },
    {
      name: 'NIT: check digit',
      inputs: NITS,
      candidates: {
        validateDocument: number => ours.validateDocument({ type: 'NIT', number }),
        stdnum: number => stdnum.CO.nit.validate(number),
      },
    },
    {
      name: 'e-mail: valid or not',
      inputs: EMAILS,
      candidates: {
        validateEmail: text => ours.validateEmail(text),
        'validator isEmail': text => validator.isEmail(text),
      },
    },
    {
      name: 'phone field, one keystroke: group the digits',
      inputs: PHONES,
      candidates: {
        formatWhileTyping: text => ours.formatWhileTyping('phone', text, text.length),
        'libphonenumber-js AsYouType': text => new AsYouType('CO').input(text),
      },
    },
    {
      name: 'phone field, one keystroke: group and check',
      inputs: PHONES,
      candidates: {
        'formatWhileTyping, checkWhileTyping': text => [
          ours.formatWhileTyping('phone', text, text.length),
          ours.checkWhileTyping('phone', { phone: text }),
        ],
        'libphonenumber-js AsYouType, isValid': text => {
          const typing = new AsYouType('CO');
          return [typing.input(text), typing.isValid()];
        },
      },
    },
    {
      name: 'the whole payer',
      inputs: PAYERS,
      candidates: { validatePayer: payer => ours.validatePayer(payer) },
    },
  ];
}
