import { linesOf } from '../shared/lines.ts';
import { failAtPo, readStrings } from './strings.ts';

export interface PoString {
  value: string;
  /** From the first quote to the last, which may be on a later line. */
  from: number;
  to: number;
}

export interface PoEntry {
  context?: string;
  id: string;
  plural?: string;
  /** `msgstr`, or `msgstr[0]` and so on. */
  strings: PoString[];
  /** Translators' and extracted comments. */
  comments: string[];
  /** The file of the first reference: `#: game/script.rpy:12`. */
  reference?: string;
  /** The line of flags that contains `fuzzy`; `next` is the offset after its line ending. */
  fuzzy?: { from: number; to: number; next: number };
}

const keyword = /^[ \t]*(msgctxt|msgid_plural|msgid|msgstr|domain)(?:\[(\d+)\])?(?=[\s"]|$)/;

type Field = 'context' | 'id' | 'plural' | 'string' | 'domain';

/**
 * The entries of a catalogue, in order, without obsolete ones (`#~`).
 * @throws FormatError for an invalid line
 */
export function* entriesOf(text: string): Generator<PoEntry> {
  let entry = newEntry();
  let field: Field | null = null;
  for (const { start, end, next } of linesOf(text)) {
    const line = text.slice(start, end);
    const trimmed = line.trimStart();
    if (trimmed === '') continue;
    if (trimmed.startsWith('#')) {
      if (entry.strings.length > 0) {
        yield entry;
        entry = newEntry();
        field = null;
      }
      if (field === 'domain') field = null;
      // A comment within an entry does not end it: without its msgstr the entry is an error.
      readComment(entry, trimmed, { from: start, to: end, next });
      continue;
    }
    const match = keyword.exec(line);
    if (match === null && !trimmed.startsWith('"')) {
      failAtPo(
        text,
        start,
        'unknown_line',
        'a PO file has only msgctxt, msgid, msgid_plural, msgstr, comments and quoted strings.',
      );
    }
    if (match !== null) {
      const word = match[1] ?? '';
      if (entry.strings.length > 0 && word !== 'msgstr') {
        yield entry;
        entry = newEntry();
      }
      field = beginField(text, start, entry, word, match[2], field);
    }
    if (field === null) failAtPo(text, start, 'no_keyword', 'msgid or msgstr is missing before this string.');
    addStrings(text, entry, field, start + (match?.[0].length ?? 0), end);
  }
  if (entry.strings.length > 0) yield entry;
  else if (field !== null && field !== 'domain')
    failAtPo(text, text.length, 'ends_in_entry', 'the file ends within an entry: msgstr is missing.');
}

function newEntry(): PoEntry {
  return { id: '', strings: [], comments: [] };
}

function readComment(entry: PoEntry, line: string, range: { from: number; to: number; next: number }): void {
  const kind = line[1] ?? '';
  if (kind === '~' || kind === '|') return;
  if (kind === ':') entry.reference ??= /^#:\s*(\S+?)(?::\d+)?(?:\s|$)/.exec(line)?.[1];
  else if (kind === ',') {
    if (/[,\s]fuzzy\s*(?:,|$)/.test(line)) entry.fuzzy ??= range;
  } else {
    const comment = line.slice(kind === '.' ? 2 : 1).trim();
    if (comment !== '') entry.comments.push(comment);
  }
}

function beginField(
  text: string,
  start: number,
  entry: PoEntry,
  word: string,
  form: string | undefined,
  before: Field | null,
): Field {
  if (word === 'domain') return 'domain';
  if (word === 'msgctxt') {
    entry.context = '';
    return 'context';
  }
  if (word === 'msgid') {
    if (before === 'id' || before === 'plural')
      failAtPo(text, start, 'id_after_id', 'a msgid follows a msgid: msgstr is missing between them.');
    return 'id';
  }
  if (word === 'msgid_plural') {
    if (before !== 'id') failAtPo(text, start, 'plural_without_id', 'msgid_plural must follow a msgid.');
    entry.plural = '';
    return 'plural';
  }
  if (before === null || before === 'context')
    failAtPo(text, start, 'translation_without_id', 'msgstr has no msgid before it.');
  if (Number(form ?? 0) !== entry.strings.length || (form === undefined) !== (entry.plural === undefined)) {
    failAtPo(
      text,
      start,
      'translation_number',
      'msgstr is repeated, or its number is wrong: a plural has msgstr[0], msgstr[1] and so on.',
    );
  }
  entry.strings.push({ value: '', from: -1, to: -1 });
  return 'string';
}

function addStrings(text: string, entry: PoEntry, field: Field, from: number, end: number): void {
  for (const piece of readStrings(text, from, end)) {
    if (field === 'context') entry.context = (entry.context ?? '') + piece.value;
    else if (field === 'id') entry.id += piece.value;
    else if (field === 'plural') entry.plural = (entry.plural ?? '') + piece.value;
    else if (field === 'string') {
      const string = entry.strings.at(-1);
      if (string === undefined) return;
      string.value += piece.value;
      if (string.from === -1) string.from = piece.from;
      string.to = piece.to;
    }
  }
  const string = entry.strings.at(-1);
  if (field === 'string' && string?.from === -1)
    failAtPo(text, from, 'no_string', 'msgstr needs a quoted string on its line.');
}
