import { z } from 'zod';

const text = z.string();
const count = z.number();

/** Why a game’s file with text was not read: the codes of `file-fault.ts` in `main/formats`, and four more. */
export const fileFaults = {
  /** The types of `unsupported.ts` in `main/formats`: extensions. */
  unsupported: z.object({
    path: text,
    type: z.enum([
      'rpa',
      'rpyc',
      'rpymc',
      'xp3',
      'rgssad',
      'rgss2a',
      'rgss3a',
      'rxdata',
      'rvdata',
      'rvdata2',
      'mo',
      'trans',
      'xlsx',
      'scn',
    ]),
  }),
  /** `message` is the operating system’s, in English. Older reports have all faults under this code, with a line. */
  unreadable: z.object({ line: count.nullable(), message: text }),
  no_format: z.object({}),
  beside_engine: z.object({}),
  too_large: z.object({ megabytes: count }),
  nul_character: z.object({ line: count }),
  control_character: z.object({ line: count }),
  utf32: z.object({}),
  unknown_encoding: z.object({ encoding: text }),
  /** `byte` is an offset, `value` the byte there as hexadecimal digits. */
  bad_byte: z.object({ line: count, encoding: text, byte: count, value: text }),
  /** `at_end`: the file ends too early. */
  json: z.object({
    line: count,
    fault: z.enum([
      'name',
      'colon',
      'line_break',
      'unclosed_string',
      'value',
      'text_after_end',
      'escape',
      'not_one_list',
      'not_one_object',
      'not_an_entry',
      'other_list',
      'other_object',
    ]),
    at_end: z.boolean(),
  }),
  /** `sign` is the one that should be there; `or_comma`: or a comma. */
  json_sign: z.object({ line: count, sign: text, or_comma: z.boolean(), at_end: z.boolean() }),
  json_depth: z.object({ line: count, levels: count }),
  po: z.object({
    line: count,
    fault: z.enum([
      'not_quoted',
      'unclosed_string',
      'unknown_line',
      'no_keyword',
      'ends_in_entry',
      'id_after_id',
      'plural_without_id',
      'translation_without_id',
      'translation_number',
      'no_string',
    ]),
  }),
  po_escape: z.object({ line: count, escape: text }),
  csv_empty: z.object({ line: count }),
  csv_column: z.object({ line: count, column: text, columns: text }),
  csv_unclosed: z.object({ line: count }),
  csv_after_quote: z.object({ line: count }),
  srt_no_cue: z.object({ line: count }),
  ass_fields: z.object({ line: count, fields: count }),
  ass_no_events: z.object({ line: count }),
  ass_last_field: z.object({ line: count }),
  rpgmaker_file: z.object({ path: text }),
  renpy_language: z.object({ language: text }),
  renpy_utf8: z.object({ line: count }),
  renpy_tab: z.object({ line: count }),
  renpy_unclosed: z.object({ line: count }),
  renpy_no_block: z.object({ line: count }),
  renpy_indent: z.object({ line: count, spaces: count }),
  renpy_depth: z.object({ line: count, levels: count }),
  renpy_compiled: z.object({ path: text }),
};
