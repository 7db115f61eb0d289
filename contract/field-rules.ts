/**
 * What the contract's schemas ask of a field beyond its type and size, in English. `file_problem.rule` in
 * `coded-texts.ts` has the keys, so that the panel can say it in its language.
 */
export const fieldRules = {
  date: 'a date as YYYY-MM-DD',
  date_or_month: 'a date as YYYY-MM-DD or YYYY-MM',
  time: 'a time as 2026-01-31T09:30:00Z',
  base64: 'text in base64',
  version: 'a version such as 1.0.0',
  generation: 'a generation as in "5" or "4.7"',
  has_message: 'at least one message',
  has_model: 'name a model',
  has_text: 'there is no text',
  small_with_underscore: 'small letters, digits and "_"',
  small_with_hyphen: 'small letters, digits and "-"',
  letters_underscore: 'letters, digits and "_", as in simplified_chinese',
  letters_underscore_hyphen: 'letters, digits, "_" and "-"',
  sample_name: 'letters, digits, "_", "-", spaces',
  provider_name: 'a name has letters, digits, "_", "-" and ".", 64 at most',
  preset_id: 'letters, digits, "_", "-" and ".", 96 at most; the first a small letter or a digit',
  parameter_name: 'letters, digits, "_", "-" and ".", 64 at most',
  adapter_id: 'an id has letters, digits, "_", "-" and ".", 64 at most',
  batch_request_id: '1 to 64 letters, digits, "-" and "_"',
  call_id: 'not an id of the call log',
  dotted_path: 'names joined by dots, "[]" after a list',
  printable: 'characters that do not show',
  not_reserved: 'a reserved name',
  min_above_max: '"min" is greater than "max"',
  min_or_max: 'needs "min" or "max"',
} as const;

export type FieldRule = keyof typeof fieldRules;
export const fieldRuleNames = Object.keys(fieldRules) as FieldRule[];
