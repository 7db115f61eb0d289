/** Where the JSON reader stopped, or what was missing there. */
export type JsonFault =
  | 'name'
  | 'colon'
  | 'line_break'
  | 'unclosed_string'
  | 'value'
  | 'text_after_end'
  | 'escape'
  | 'not_one_list'
  | 'not_one_object'
  | 'not_an_entry'
  | 'other_list'
  | 'other_object';

export type PoFault =
  | 'not_quoted'
  | 'unclosed_string'
  | 'unknown_line'
  | 'no_keyword'
  | 'ends_in_entry'
  | 'id_after_id'
  | 'plural_without_id'
  | 'translation_without_id'
  | 'translation_number'
  | 'no_string';

type AtLine = { line: number };

/** What the reasons why a file cannot be read contain, by their codes. */
interface FileFaultValues {
  too_large: { megabytes: number };
  nul_character: AtLine;
  control_character: AtLine;
  utf32: Record<string, never>;
  unknown_encoding: { encoding: string };
  /** `byte` is an offset, `value` the byte there as hexadecimal digits. */
  bad_byte: AtLine & { encoding: string; byte: number; value: string };
  /** `at_end`: the file ends too early. */
  json: AtLine & { fault: JsonFault; at_end: boolean };
  /** `sign` is the one that should be there; `or_comma`: or a comma. */
  json_sign: AtLine & { sign: string; or_comma: boolean; at_end: boolean };
  json_depth: AtLine & { levels: number };
  po: AtLine & { fault: PoFault };
  po_escape: AtLine & { escape: string };
  csv_empty: AtLine;
  csv_column: AtLine & { column: string; columns: string };
  csv_unclosed: AtLine;
  csv_after_quote: AtLine;
  srt_no_cue: AtLine;
  ass_fields: AtLine & { fields: number };
  ass_no_events: AtLine;
  ass_last_field: AtLine;
  rpgmaker_file: { path: string };
  renpy_language: { language: string };
  renpy_utf8: AtLine;
  renpy_tab: AtLine;
  renpy_unclosed: AtLine;
  renpy_no_block: AtLine;
  renpy_indent: AtLine & { spaces: number };
  renpy_depth: AtLine & { levels: number };
  renpy_compiled: { path: string };
}

/** Why a file cannot be read; its message is in English, `values` are what the message contains. */
export type FileFault = {
  [C in keyof FileFaultValues]: { code: C; message: string; values: FileFaultValues[C] };
}[keyof FileFaultValues];

export function fileFault<C extends keyof FileFaultValues>(
  code: C,
  values: FileFaultValues[C],
  message: string,
): FileFault {
  return { code, values, message } as FileFault;
}
