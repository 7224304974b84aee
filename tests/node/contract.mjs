// The wire contract for tests: its fixtures, and its schema under an independent validator.

import { readFileSync } from 'node:fs';

import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const fixtures = new URL('../fixtures/', import.meta.url);
const schemaFile = new URL('../../pkg/voucher.schema.json', import.meta.url);

export const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));

/** Which definition of the schema the documents of a folder follow. */
const definitions = {
  vouchers: 'voucher',
  orders: 'order',
  creates: 'createVoucher',
  problems: 'problem',
  texts: 'voucher',
};

/**
 * Every fixture: its name, the definition it is to follow, its text, and
 * what the index says about it.
 */
export function* allFixtures() {
  const index = JSON.parse(readFileSync(new URL('index.json', fixtures), 'utf8'));
  for (const [folder, entries] of Object.entries(index)) {
    for (const entry of entries) {
      const text = entry.file ? decode(entry.file) : make(entry);
      yield { ...entry, name: entry.file ?? entry.name, folder, definition: definitions[folder], text };
    }
  }
}

/** A function that says whether a document follows a definition; its `errors` say what does not. */
export function validator(definition, { formats = false } = {}) {
  const ajv = new Ajv({ strict: true, allErrors: true, validateFormats: formats });
  if (formats) addFormats(ajv);
  return ajv.compile({ ...schema, $ref: `#/$defs/${definition}` });
}

const compiled = {};

/** Whether `document` follows the definition: `voucher`, `order`, `createVoucher`, `problem`. */
export function schemaAccepts(definition, document) {
  return (compiled[definition] ??= validator(definition))(document);
}

/** Throws where `document` does not follow the definition, and says why. */
export function assertFollows(definition, document) {
  if (schemaAccepts(definition, document)) return;
  const validate = compiled[definition];
  const objections = validate.errors.map((error) => `${placeOf(error) || 'the root'} ${error.message}`);
  throw new Error(`this ${definition} breaks the contract: ${objections.join('; ')}`);
}

/** Where an error of the validator stands, as the reader writes it: `networks[0].id`. */
export function placeOf({ instancePath, keyword, params }) {
  const parts = instancePath.split('/').slice(1);
  if (keyword === 'required') parts.push(params.missingProperty);
  const write = (part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part.replaceAll('~1', '/').replaceAll('~0', '~')}`);
  return parts.map(write).join('').replace(/^\./, '');
}

/** As the widget decodes an answer: without a byte order mark, and nothing where it is not UTF-8. */
function decode(file) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(new URL(file, fixtures)));
  } catch {
    return '';
  }
}

/** A text that is too large to be kept as a file: repeated parts, alone or in the place of a word. */
function make(entry) {
  const made = entry.by.map(([part, times]) => part.repeat(times)).join('');
  return entry.in ? decode(entry.in).replace(entry.replace, () => made) : made;
}
