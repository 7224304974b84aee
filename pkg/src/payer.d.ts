// The payer: what is asked, what is typed, and what the validators answer.

/** A text in Spanish and in English. */
export interface Localized { es: string; en?: string }

/** A type of identity document; `other` is one that the merchant names. */
export type DocumentType = 'CC' | 'CE' | 'NIT' | 'TI' | 'PA' | 'PPT' | 'PEP' | 'RC' | 'other';

/** A field of the payer form, by its path in JSON. */
export type Field = 'document.type' | 'document.number' | 'name' | 'email' | 'phone' | 'consent' | 'amount';

/** Why a field was refused. The list is closed; a new code is a new version. */
export type PayerErrorCode =
  | 'required' | 'ill_formed_text' | 'invisible_character' | 'invalid_character' | 'digits_only'
  | 'leading_zero' | 'too_short' | 'too_long' | 'unknown_document_type' | 'document_type_not_accepted'
  | 'check_digit' | 'old_phone_format' | 'service_number' | 'unassigned_number' | 'foreign_number'
  | 'phone_kind' | 'digits_in_name' | 'missing_at' | 'misplaced_dot' | 'invalid_domain'
  | 'local_part_too_long' | 'invalid_email' | 'not_whole_pesos' | 'below_minimum' | 'above_maximum'
  | 'invalid_argument' | 'refused';

/** Why a field was refused, what to tell the shopper, and what was expected. */
export interface PayerError {
  field: Field;
  code: PayerErrorCode;
  /** What to tell the shopper. */
  message: { es: string; en: string };
  /** What was expected, where there is more to say than the code: the right check digit, the least length, the accepted types, ... */
  expected?: string;
}

/** What a validator answers. */
export type Outcome<Value> = { ok: true; value: Value } | { ok: false; error: PayerError };

/** `ascii` is what the gateway gets, where the rule asks for ASCII. */
export type NameOutcome = { ok: true; value: string; ascii?: string } | { ok: false; error: PayerError };

/** `suggestion` is the address that was perhaps meant. */
export type EmailOutcome = { ok: true; value: string; suggestion?: string } | { ok: false; error: PayerError };

/** The payer in canonical form, or every error at once, in the order of the form and at most one a field. */
export type PayerOutcome =
  | {
      ok: true;
      payer: Payer;
      /** How the digits of a NIT were read, as in `DocumentValue`. */
      nit?: { checkDigitTyped: boolean; alternative?: string };
      /** The name that the gateway gets, where the requirements ask for ASCII: show it where it differs. */
      ascii?: string;
      /** The e-mail address that was perhaps meant. */
      suggestion?: string;
    }
  | { ok: false; errors: PayerError[] };

/** A document as typed. The check digit of a NIT may stand in `number` or apart. */
export interface DocumentInput { type: string; number: string; checkDigit?: string }

/** A payer as typed. */
export interface PayerInput { document?: DocumentInput; name?: string; email?: string; phone?: string }

/** A payer in canonical form. */
export interface Payer {
  document: { type: DocumentType; number: string; checkDigit?: string };
  name?: string;
  email?: string;
  /** E.164. */
  phone?: string;
}

/** A document in canonical form. */
export interface DocumentValue {
  type: DocumentType;
  /** Upper case, no separators, without the check digit of a NIT. */
  number: string;
  /** The check digit of a NIT, typed or computed. */
  checkDigit?: string;
  /** Whether the check digit was among the digits typed. */
  checkDigitTyped?: boolean;
  /** The number in the other possible reading, whose check digit is then the last digit typed. */
  alternative?: string;
}

/** A phone number. */
export interface PhoneValue {
  /** `+573001234567` */
  e164: string;
  /** The ten digits of a Colombian number. */
  national?: string;
  /** A foreign number is checked for its shape only. */
  kind: 'mobile' | 'landline' | 'foreign';
}

/** What a merchant asks of the payer and accepts; what is absent has its default. */
export interface Requirements {
  /** The accepted documents, in the order of the form. */
  documents?: DocumentRule[];
  name?: NameRule;
  email?: EmailRule;
  phone?: PhoneRule;
  amount?: AmountLimits;
}

/** An accepted document; the lengths are of its canonical number. */
export interface DocumentRule {
  type: DocumentType;
  minLength?: number;
  maxLength?: number;
  /** Only for `other`. */
  label?: Localized;
  /** The choice of `other`; `digits` narrows any other type. */
  charset?: 'digits' | 'alphanumeric';
}

/** `maxLength` counts code points (default 60). */
export interface NameRule { required?: boolean; maxLength?: number; charset?: 'latin' | 'ascii' }

/** `maxLength` counts characters (default 80, at most 254). */
export interface EmailRule { required?: boolean; maxLength?: number }

/** Which numbers are accepted (default: Colombian mobiles and landlines). */
export interface PhoneRule { required?: boolean; kinds?: ('mobile' | 'landline')[]; foreign?: boolean }

/** In pesos, both included. */
export interface AmountLimits { min?: number; max?: number }

/** How a browser should present a text field. */
export interface FieldHints {
  inputMode: 'numeric' | 'tel' | 'email' | 'text';
  autocomplete: string;
  autocapitalize: string;
  /** In UTF-16 units; wide, so that no pasted text is cut. */
  maxLength: number;
  example: string;
}
