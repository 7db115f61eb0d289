import { z } from 'zod';
import { fieldRuleNames } from './field-rules.ts';
import { fileFaults } from './file-faults.ts';
import { address_note, address_problem, network_problem, notice } from './notices.ts';

const text = z.string();
const count = z.number();
const orNull = text.nullable();

/** What a change did, for the list of changes and for Undo. */
const change = {
  preset_created: z.object({ module: text }),
  preset_changed: z.object({ preset: text }),
  preset_reset: z.object({ preset: text }),
  preset_removed: z.object({ preset: text }),
  preset_activated: z.object({ preset: text, module: text }),
  default_restored: z.object({ module: text }),
  items_imported: z.object({ items: count }),
  personas_imported: z.object({ personas: text }),
  /** `key` is the id of a further key; null for the provider’s first one. */
  key_saved: z.object({ provider: text, key: orNull }),
  key_removed: z.object({ provider: text, key: orNull }),
  key_renamed: z.object({ provider: text, key: orNull }),
  provider_saved: z.object({ provider: text }),
  provider_removed: z.object({ provider: text }),
  adapter_kept: z.object({ adapter: text }),
  pack_saved: z.object({ module: text }),
  pack_created: z.object({ module: text }),
  pack_duplicated: z.object({ module: text }),
  pack_removed: z.object({ module: text }),
  facts_kept: z.object({ facts: count, provider: text }),
  synced_models_removed: z.object({ provider: text }),
  catalogue_imported: z.object({ models: count, source: text }),
  file_repaired: z.object({ file: text }),
  file_restored: z.object({ file: text }),
};

/** What is wrong with a translated line. */
const unit_problem = {
  missing: z.object({}),
  doubled: z.object({}),
  /** `asked`: the model answered with nothing each time; otherwise the text was emptied. */
  empty: z.object({ asked: z.boolean() }),
  merged: z.object({}),
  /** Codes and placeholders, joined by spaces; null if there are none. */
  code: z.object({ missing: orNull, added: orNull, misplaced: orNull }),
  line_breaks: z.object({ target: count, source: count }),
  untranslated: z.object({}),
  left_over: z.object({ letter: text }),
  /** In cells: a full-width letter takes two. */
  too_wide: z.object({ widest: count, room: count }),
  repetition: z.object({ part: text }),
  refusal: z.object({}),
  explanation: z.object({ too_long: z.boolean() }),
  glossary: z.object({ term: text, translation: text }),
  speaker: z.object({ name: text }),
  quotes: z.object({ quoted: z.enum(['source', 'target']) }),
  fuzzy: z.object({}),
};

/** Why a trial or the votes of a model ended early. Amounts in USD. */
const stop = {
  stopped: z.object({}),
  program_closed: z.object({}),
  /** `next` is the most that the next request could cost; null if its cost has no bound. */
  limit_reached: z.object({ limit: count, spent: count, next: count.nullable() }),
  /** An error of the core, with its code. */
  error: z.object({ error: text, message: text }),
};

/** Why the cost of a call or a batch is unknown. */
const unknown_spend = {
  /** An error of the core, with its code; `message` may hold the provider’s own words. */
  error: z.object({ error: text, message: text }),
  process_ended: z.object({}),
  /** The ledger was damaged or removed. */
  ledger_restarted: z.object({}),
  batch_process_ended: z.object({}),
  /** `message` is in English: the error of the request that submitted the batch. */
  batch_not_confirmed: z.object({ message: text }),
  /** `requests` is null if it is some of them. */
  results_missing: z.object({ requests: count.nullable() }),
};

/** Why a translation run ended, other than by an error. */
const run_end = {
  program_closed: z.object({}),
  process_ended: z.object({}),
  project_removed: z.object({}),
};

/** Notes on a game's file that was read: the codes of `file-warning.ts` in `main/formats`. */
const file_warning = {
  encoding_guessed: z.object({ encoding: text }),
  charset_missing: z.object({}),
  entries_without_message: z.object({ entries: count }),
  values_not_text: z.object({ values: count }),
  lines_ignored: z.object({ lines: count }),
  id_twice: z.object({ line: count, id: text }),
  translated_twice: z.object({ line: count, key: text }),
  other_language: z.object({ other: text, wanted: text }),
  old_computed: z.object({ line: count }),
  script_block_open: z.object({ end: text }),
  tags_open: z.object({}),
  translations_skipped: z.object({ translations: count }),
  unknown_statement: z.object({ line: count, word: text, block: z.boolean() }),
};

/** Why a translation was not written into its file. */
const write_problem = {
  unencodable: z.object({ letter: text, encoding: text }),
  missing_unit: z.object({}),
  /** `message` is in English: the format cannot store the text. */
  syntax: z.object({ message: text }),
};

/** Why a provider or a local server cannot be used, found without spending. */
const provider_check = {
  off_in_file: z.object({ provider: text }),
  /** `outside` is an address that could be in the user’s own network; null for other providers. */
  flag_off: z.object({ provider: text, flag: text, file: text, outside: orNull }),
  key_missing: z.object({ provider: text, origin: text, variable: text }),
  /** An error of the core, with its code; `message` may hold the provider’s own words. */
  error: z.object({ error: text, message: text }),
};

/** Why a key cannot be sent. `variable` contains the key; null if the key is saved or part of an adapter. */
const keyPlace = z.object({ variable: orNull });
const key_problem = {
  empty: keyPlace,
  line_break: keyPlace,
  variable_name: keyPlace,
  whole_header: keyPlace,
  space: keyPlace,
  invisible_character: keyPlace,
  control_character: keyPlace,
  quotation_mark: keyPlace,
  placeholder: keyPlace,
  escape: keyPlace,
  not_ascii: keyPlace,
};

/** Why a field of the user’s provider file is hidden. */
const hidden_field = {
  contains_key: z.object({}),
  named_like_credential: z.object({ header: z.boolean() }),
};

/** The types of values that fields have, in the words of JSON Schema. */
export const valueTypes = ['string', 'number', 'integer', 'boolean', 'array', 'object'] as const;
/** Whether a limit is one of the value itself, or of its length. */
const limited = z.enum(['value', 'characters', 'items']);

/** What is wrong with a file of the user, or with a field in it or in a request. */
const file_problem = {
  /** `code` is of the operating system: `EACCES`. */
  cannot_read: z.object({ code: text }),
  too_large: z.object({ megabytes: count }),
  not_utf8: z.object({ byte: count }),
  cut_utf16: z.object({ byte: count }),
  empty: z.object({}),
  /** `message` is the parser’s, in English. */
  not_json: z.object({ message: text }),
  too_deep: z.object({}),
  syntax: z.object({
    fault: z.enum([
      'not_value',
      'not_number',
      'no_name',
      'no_value',
      'no_colon',
      'no_comma',
      'no_brace',
      'no_bracket',
      'after_end',
      'open_comment',
      'open_string',
      'incomplete_number',
      'incomplete_escape',
      'wrong_escape',
      'not_escaped',
      'other',
    ]),
  }),
  not_object: z.object({}),
  not_flags: z.object({}),
  /** `near` is the name that was probably meant. */
  unknown_field: z.object({ field: text, near: orNull }),
  /** Two providers have this name; `file` is the other one’s. */
  name_taken: z.object({ name: text, file: text }),
  /** An environment variable with a limit. */
  not_amount: z.object({ variable: text }),
  /** The file of the flags is not usable: `message` names it, in English and in `problem_details`. */
  flags_kept: z.object({ message: text }),
  // Prompt packs
  missing: z.object({}),
  /** `message` is in English: the template engine’s. */
  template: z.object({ message: text }),
  too_many_samples: z.object({ files: count, max: count }),
  other_folder: z.object({ module: text }),
  name_twice: z.object({ name: text }),
  not_array: z.object({ name: text }),
  no_variable: z.object({ name: text }),
  no_reply_field: z.object({ field: text }),
  // Fields
  /** `expected` is null if the field may have one of several types. */
  required: z.object({ expected: z.enum(valueTypes).nullable() }),
  wrong_type: z.object({ expected: z.enum(valueTypes) }),
  /** The values as JSON, joined by commas. */
  one_of: z.object({ values: text }),
  /** `inclusive`: the bound itself is allowed. */
  too_small: z.object({ limited, bound: count, inclusive: z.boolean() }),
  too_big: z.object({ limited, bound: count, inclusive: z.boolean() }),
  no_such_form: z.object({}),
  name_refused: z.object({}),
  /** Why a header cannot be sent. */
  header: z.object({
    fault: z.enum(['name', 'line_break', 'not_latin1', 'connection', 'authentication']),
  }),
  query_credential: z.object({}),
  /** `variable` may contain the key instead. */
  key_in_file: z.object({ variable: text }),
  masked_key: z.object({}),
  /** What the field may be, by its rule in `field-rules.ts`. */
  rule: z.object({ rule: z.enum(fieldRuleNames) }),
  /** `message` is in English: what the field may be, or why it is refused. */
  refused_value: z.object({ message: text }),
};

/** Why a preset’s settings cannot be used. `message` is in English, and in `problem_details` if it has a code. */
const preset_problem = {
  /** `message` is the validator’s, in English. */
  schema: z.object({ message: text }),
  schema_too_large: z.object({ kilobytes: count }),
  schema_too_deep: z.object({ levels: count }),
  /** A reference to another document, or to a part that the schema lacks. */
  schema_reference: z.object({ reference: text }),
  schema_pattern: z.object({ pattern: text }),
  provider_options: z.object({ message: text }),
};

/** Why a model of a catalogue is refused. */
const catalogue_item = {
  no_provider: z.object({ provider: text }),
  twice: z.object({}),
};

/** What is wrong with a file of a set for comparing presets. */
const set_warning = {
  /** The first line that was skipped, with the reason in English, and how many more there are. */
  lines_skipped: z.object({ path: text, line: count, more: count, message: text }),
  /** An error of the core, with its code. */
  error: z.object({ error: text, message: text }),
};

/** Why an item of an import is refused, or what it does. */
const import_note = {
  id_ships: z.object({}),
  id_twice: z.object({}),
  module_full: z.object({ module: text, presets: count }),
  id_not_shipped: z.object({}),
  no_such_preset: z.object({}),
  /** Why every call with the settings would be refused, in English and in `problem_details`. */
  settings_refused: z.object({ message: text }),
  check_too_slow: z.object({}),
  pack_twice: z.object({}),
  /** `message` names the file and the field, in English and in `problem_details`. */
  pack_broken: z.object({ message: text }),
  unknown_module: z.object({ module: text }),
  name_twice: z.object({}),
  /** A provider’s address. */
  calls_go_to: z.object({ base: text }),
  /** `message` is in English, and in `problem_details`. */
  provider_broken: z.object({ message: text }),
  base_not_http: z.object({}),
  outside_network: z.object({ kind: text, host: text }),
  key_of_other: z.object({ variable: text, provider: text }),
  key_not_own: z.object({ variable: text }),
  provider_exists: z.object({ provider: text }),
  other_address: z.object({ provider: text, base: text }),
  // Files of SillyTavern
  /** An error of the core, with its code: nothing of the file can be used. */
  file_refused: z.object({ error: text, message: text }),
  address_refused: z.object({}),
  no_provider: z.object({ provider: text }),
  no_address: z.object({}),
  unknown_service: z.object({ service: text }),
  /** `source` is SillyTavern’s name of a service; null in a connection profile. */
  no_model: z.object({ source: orNull }),
  no_profile: z.object({}),
  style_guides: z.object({ texts: count }),
};

/** Why a part of a SillyTavern file is not imported. */
const import_left_out = {
  not_text: z.object({}),
  too_long: z.object({ characters: count }),
  not_number: z.object({}),
  out_of_range: z.object({ value: count }),
  not_sent_to: z.object({ service: text }),
  unknown_effort: z.object({}),
  prompts: z.object({}),
  may_hold_key: z.object({}),
  keys: z.object({}),
  address: z.object({}),
  provider_options: z.object({}),
  context_of_model: z.object({}),
  extensions: z.object({}),
  one_reply: z.object({}),
  other_preset: z.object({}),
  own_prompt: z.object({}),
  macros: z.object({}),
  first_greeting: z.object({}),
  lorebook: z.object({}),
  media: z.object({}),
  for_people: z.object({}),
};

/** The core’s texts that the panel translates, other than warnings and errors, by their kind and code. */
export const codedTextValues = {
  change,
  unit_problem,
  stop,
  unknown_spend,
  run_end,
  left_out_file: fileFaults,
  file_warning,
  write_problem,
  provider_check,
  key_problem,
  hidden_field,
  file_problem,
  preset_problem,
  catalogue_item,
  set_warning,
  import_note,
  import_left_out,
  notice,
  address_note,
  address_problem,
  network_problem,
} as const;

export type TextKind = keyof typeof codedTextValues;
export type TextCode<K extends TextKind> = keyof (typeof codedTextValues)[K] & string;
export type TextValues<K extends TextKind, C extends TextCode<K>> =
  (typeof codedTextValues)[K][C] extends z.ZodType<infer Values> ? Values : never;

/** A text in English, with its code and values. */
export type CodedText<K extends TextKind> = {
  [C in TextCode<K>]: { code: C; message: string; values: TextValues<K, C> };
}[TextCode<K>];

/** The code and the values of a text that stands in another field in English, so that a program can translate it. */
export const textDetail = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type TextDetail = z.infer<typeof textDetail>;

/** The code and values of a text that contains another: a warning of the kind `notice`, a note of an import. */
export const noticeDetail = textDetail.extend({
  /**
   * The same for each part of `values.problem` (or `values.message`), in order. A part may be of another kind;
   * `path` is the file or field that it is about, if its text does not say so.
   */
  problem_details: z.array(textDetail.extend({ kind: z.string(), path: z.string().optional() })).optional(),
});
export type NoticeDetail = z.infer<typeof noticeDetail>;

/** `warning_details` have the codes of `warnings`, in the same order. */
export const noticeFields = {
  warnings: z.array(z.string()),
  warning_details: z.array(noticeDetail).optional(),
};
export type NoticeFields = z.infer<z.ZodObject<typeof noticeFields>>;
