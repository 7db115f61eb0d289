import { fileFault } from '../file-fault.ts';
import { failAt } from '../shared/text-format.ts';

export interface CsvField {
  /** Offsets in the text, including the quotes. */
  from: number;
  to: number;
  /** Without the outer quotes, `""` as `"`, line breaks as `\n`. */
  value: string;
  isQuoted: boolean;
  /** As in the file. */
  raw: string;
}

export interface CsvRecord {
  fields: CsvField[];
  /** Offset of the record's end, before its line ending. */
  end: number;
}

/**
 * The records of a table by RFC 4180. A quoted field may contain delimiters and line breaks, and `""` is a quote in it.
 * In a field that does not begin with a quote, a quote is text. Empty lines are skipped.
 * @throws FormatError with the line of a quote that is never closed
 */
export function* recordsOf(text: string, delimiter: string): Generator<CsvRecord> {
  let at = 0;
  let fields: CsvField[] = [];
  while (at < text.length || fields.length > 0) {
    const field = text[at] === '"' ? quotedField(text, at, delimiter) : plainField(text, at, delimiter);
    fields.push(field);
    at = field.to;
    if (text[at] === delimiter) {
      at += 1;
      if (at < text.length) continue;
      // After a delimiter at the end of the file comes one more field, which is empty.
      fields.push({ from: at, to: at, value: '', isQuoted: false, raw: '' });
    }
    const end = at;
    if (text[at] === '\r' && text[at + 1] === '\n') at += 2;
    else at += 1;
    const isBlank = fields.length === 1 && fields[0]?.raw === '';
    if (!isBlank) yield { fields, end };
    fields = [];
  }
}

function plainField(text: string, from: number, delimiter: string): CsvField {
  let to = from;
  while (to < text.length) {
    const letter = text[to];
    if (letter === delimiter || letter === '\n' || letter === '\r') break;
    to += 1;
  }
  const raw = text.slice(from, to);
  return { from, to, value: raw, isQuoted: false, raw };
}

function quotedField(text: string, from: number, delimiter: string): CsvField {
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1)
      failAt(text, from, (line) =>
        fileFault(
          'csv_unclosed',
          { line },
          `Line ${line}: the quoted field that begins here is never closed.`,
        ),
      );
    if (text[quote + 1] !== '"') {
      at = quote + 1;
      break;
    }
    at = quote + 2;
  }
  const next = text[at];
  if (next !== undefined && next !== delimiter && next !== '\n' && next !== '\r') {
    failAt(text, at, (line) => {
      const message = `Line ${line}: text follows the closing quote of a field. Write a quote within quotes as two quotes.`;
      return fileFault('csv_after_quote', { line }, message);
    });
  }
  const raw = text.slice(from, at);
  const value = raw.slice(1, -1).replaceAll('""', '"').replaceAll('\r\n', '\n');
  return { from, to: at, value, isQuoted: true, raw };
}

/**
 * The most frequent of tab, comma and semicolon that the first line has, outside of quotes. On a tie, in this order; a
 * comma if the first line has none.
 */
export function guessDelimiter(text: string): string {
  const head = text.slice(0, 4096).replace(/"(?:[^"]|"")*"/g, '');
  const counts = ['\t', ',', ';'].map((delimiter) => ({ delimiter, count: head.split(delimiter).length }));
  const firstLine = /^[^\r\n]*/.exec(head)?.[0] ?? '';
  const inFirst = counts.filter(({ delimiter }) => firstLine.includes(delimiter));
  if (inFirst.length === 0) return ',';
  return inFirst.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}
