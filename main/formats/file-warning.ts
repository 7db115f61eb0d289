/** What the notes on a file contain, by their codes. */
interface FileWarningValues {
  encoding_guessed: { encoding: string };
  charset_missing: Record<string, never>;
  entries_without_message: { entries: number };
  values_not_text: { values: number };
  lines_ignored: { lines: number };
  id_twice: { line: number; id: string };
  translated_twice: { line: number; key: string };
  other_language: { other: string; wanted: string };
  old_computed: { line: number };
  /** `end` is the tag or command that would close the block. */
  script_block_open: { end: string };
  tags_open: Record<string, never>;
  translations_skipped: { translations: number };
  /** `block`: lines below it were skipped too. */
  unknown_statement: { line: number; word: string; block: boolean };
}

/** A note on a file that was read; its message is in English, `values` are what the message contains. */
export type FileWarning = {
  [C in keyof FileWarningValues]: { code: C; message: string; values: FileWarningValues[C] };
}[keyof FileWarningValues];

export function fileWarning<C extends keyof FileWarningValues>(
  code: C,
  values: FileWarningValues[C],
  message: string,
): FileWarning {
  return { code, values, message } as FileWarning;
}
