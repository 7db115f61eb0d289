import { parse } from 'csv-parse/sync';
import { AppError } from '../../lib/app-error.ts';
import type { GlossaryEntry } from './glossary-entry.ts';

const columns = ['term', 'translation', 'kind', 'gender', 'voice', 'note'] as const;

/** Names that other tools' lists have for our columns. */
const otherNames: Readonly<Record<string, (typeof columns)[number]>> = {
  src: 'term',
  source: 'term',
  original: 'term',
  dst: 'translation',
  target: 'translation',
  translated: 'translation',
  info: 'note',
  comment: 'note',
  type: 'kind',
};

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A glossary as a spreadsheet opens it. */
export function glossaryToCsv(entries: readonly GlossaryEntry[]): string {
  const rows = entries.map((entry) => columns.map((name) => quoted(entry[name])).join(','));
  return `${[columns.join(','), ...rows].join('\n')}\n`;
}

/**
 * Reads `glossary.csv`: a heading, then a term a row. Rows without a term are left out, of two with one term the last
 * counts, unknown columns are passed over.
 * @throws AppError `file_unreadable` with file and line
 */
export function glossaryFromCsv(text: string, path: string): GlossaryEntry[] {
  let rows: string[][];
  try {
    const plain = text.replace(/^\ufeff/, '');
    const [head = ''] = plain.split('\n', 1);
    const delimiter = head.includes('\t') ? '\t' : head.includes(';') && !head.includes(',') ? ';' : ',';
    rows = parse(plain, { delimiter, relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw new AppError('file_unreadable', `${path}: ${(error as Error).message}`, { file: path });
  }
  const [head = [], ...body] = rows;
  const names = head.map((name) => name.toLowerCase());
  const at = new Map(names.map((name, i) => [otherNames[name] ?? name, i]));
  if (!at.has('term') || !at.has('translation'))
    throw new AppError(
      'file_unreadable',
      `${path}: the first line has to name the columns, "term" and "translation" among them`,
      { file: path },
    );
  const byTerm = new Map<string, GlossaryEntry>();
  for (const row of body) {
    const cell = (name: string) => row[at.get(name) ?? -1] ?? '';
    const entry: GlossaryEntry = {
      term: cell('term'),
      translation: cell('translation'),
      kind: cell('kind'),
      gender: cell('gender'),
      voice: cell('voice'),
      note: cell('note'),
    };
    if (entry.term !== '') byTerm.set(entry.term, entry);
  }
  return [...byTerm.values()];
}
