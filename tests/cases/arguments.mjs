// Arguments that JSON cannot hold: what JavaScript may hand over and is not what it should be.

const lone = '\ud800';
const PAYER = {
  document: { type: 'CC', number: '1020304050' },
  name: 'Ana Ruiz',
  email: 'ana@correo.com',
  phone: '3001234567',
};
const halves = ['\ud83d', '\ude00', 'a\ud83db', '\ude00\ud83d'];

/** Every call with a strange argument, and the code that it must give or throw. */
export function strangeCalls(validators) {
  const v = validators;
  const notTexts = [undefined, null, 42, 10n, true, Symbol('x'), {}, [], () => '', new String('3001234567')];
  const calls = [];
  const gives = (code, name, ...with_) => calls.push({ code, name, call: () => v[name](...with_) });

  for (const value of notTexts) {
    gives('invalid_argument', 'validatePhone', value);
    gives('invalid_argument', 'validateName', value);
    gives('invalid_argument', 'validateEmail', value);
    const code = value === undefined || value === null ? 'required' : 'invalid_argument';
    gives(code, 'validateDocument', { type: value, number: '1020304050' });
    gives(code, 'validateDocument', { type: 'CC', number: value });
    for (const member of ['name', 'email', 'phone']) gives(code, 'validatePayer', { ...PAYER, [member]: value });
    gives(code, 'validatePayer', { ...PAYER, document: { type: value, number: '1020304050' } });
    gives(code, 'validatePayer', { ...PAYER, document: { type: 'CC', number: value } });
    gives('throws invalid_argument', 'nitCheckDigit', value);
    gives('throws invalid_argument', 'transliterateName', value);
    gives('throws invalid_argument', 'suggestEmail', value);
    gives('throws invalid_argument', 'formatWhileTyping', 'phone', value, 0);
    gives('throws invalid_argument', 'checkWhileTyping', value, {});
  }
  for (const value of [undefined, null]) gives('invalid_argument', 'validateDocument', value);
  for (const value of ['x', 42, [], () => {}]) gives('invalid_argument', 'validateDocument', value);
  for (const value of [undefined, null, 'x', 42, [], () => {}]) gives('required', 'validatePayer', value);
  for (const value of [42, {}, [], '12', 'x', '８']) {
    gives('invalid_argument', 'validateDocument', { type: 'NIT', number: '900123456', checkDigit: value });
    gives('invalid_argument', 'validatePayer', { ...PAYER, document: { type: 'NIT', number: '900123456', checkDigit: value } });
  }
  for (const value of [42, {}, []]) gives('invalid_argument', 'checkWhileTyping', 'phone', { phone: value });
  for (const value of [undefined, null, '5000', 10n, {}, Symbol('x')]) {
    gives('invalid_argument', 'validateAmount', value);
    gives('throws invalid_argument', 'formatPesos', value);
  }
  for (const value of [NaN, Infinity, -Infinity, -1, -0.5, 0.5, 2 ** 53]) {
    gives('not_whole_pesos', 'validateAmount', value);
    gives('throws not_whole_pesos', 'formatPesos', value);
  }
  for (const rule of [null, 42, 'x', [], { maxLength: 'x' }, { maxLength: -1 }, { maxLength: 1.5 }, { charset: 'utf8' }]) {
    gives('throws invalid_argument', 'validateName', 'Ana', rule);
  }
  for (const rule of [null, { kinds: 'mobile' }, { kinds: ['satellite'] }, { foreign: 'no' }]) {
    gives('throws invalid_argument', 'validatePhone', '3001234567', rule);
  }
  for (const rule of [null, { documents: [] }, { documents: [{ type: 'DNI' }] }, { documents: [{}] }, { name: 5 }]) {
    gives('throws invalid_argument', 'validatePayer', {}, rule);
    gives('throws invalid_argument', 'validateDocument', { type: 'CC', number: '1020304050' }, rule);
  }
  gives('throws invalid_argument', 'validateAmount', 5, { min: -1 });
  gives('throws invalid_argument', 'validateAmount', 5, { min: 10, max: 5 });
  gives('throws invalid_argument', 'validateName', 'Ana', {}, 'robot');
  gives('throws invalid_argument', 'checkWhileTyping', 'surname', {});
  gives('throws invalid_argument', 'fieldHints', 'surname');
  gives('throws invalid_argument', 'fieldHints', 'phone', 'DNI');
  gives('throws invalid_argument', 'formatWhileTyping', 'phone', '300', '3');

  for (const text of [lone, ...halves]) {
    gives('ill_formed_text', 'validatePhone', `300${text}1234567`);
    gives('ill_formed_text', 'validateName', `Ana ${text}`);
    gives('ill_formed_text', 'validateEmail', `ana${text}@correo.com`);
    gives('ill_formed_text', 'validateDocument', { type: 'CC', number: `1020${text}` });
    gives('unknown_document_type', 'validateDocument', { type: text, number: '1020304050' });
    gives('ill_formed_text', 'validatePayer', {
      document: { type: 'CC', number: '1020304050' },
      name: `Ana ${text}`,
      email: 'ana@correo.com',
      phone: '3001234567',
    });
    gives('throws invalid_character', 'transliterateName', `Ana ${text}`);
    calls.push({
      code: 'unchanged',
      name: 'formatWhileTyping',
      call: () => ({ code: v.formatWhileTyping('phone', `300${text}1`, 2).text === `300${text}1` ? 'unchanged' : 'changed' }),
    });
    gives('throws invalid_argument', 'nitCheckDigit', `900${text}`);
  }
  return calls;
}

/** The code that a call gives or throws. */
export function codeOf(call) {
  try {
    const answer = call();
    return (answer.error ?? answer.errors?.[0] ?? answer).code ?? 'accepted';
  } catch (error) {
    return error instanceof TypeError && error.code ? `throws ${error.code}` : `throws ${error.name}: ${error.message}`;
  }
}
