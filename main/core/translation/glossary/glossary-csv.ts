import { parse } from 'csv-parse/sync';
import type { GlossaryColumn } from '../../../../contract/glossary-columns.ts';
import { delimiterOf, glossaryColumnOf, glossaryColumns } from '../../../../contract/glossary-columns.ts';
import { AppError } from '../../lib/app-error.ts';
import type { GlossaryEntry } from './glossary-entry.ts';

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A glossary as CSV. */
export function glossaryToCsv(entries: readonly GlossaryEntry[]): string {
  const rows = entries.map((entry) => glossaryColumns.map((name) => quoted(entry[name])).join(','));
  return `${[glossaryColumns.join(','), ...rows].join('\n')}\n`;
}

/**
 * Reads `glossary.csv`: a header, then one term per row. Rows without a term and unknown columns are ignored. If two rows
 * have the same term, the last one counts.
 * @throws AppError `file_unreadable` with file and line
 */
export function glossaryFromCsv(text: string, path: string): GlossaryEntry[] {
  let rows: string[][];
  try {
    const plain = text.replace(/^\ufeff/, '');
    rows = parse(plain, {
      delimiter: delimiterOf(plain),
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    throw new AppError('file_unreadable', `${path}: ${(error as Error).message}`, { file: path });
  }
  const [head = [], ...body] = rows;
  const columnIndex = new Map(head.map((cell, i) => [glossaryColumnOf(cell), i]));
  if (!columnIndex.has('term') || !columnIndex.has('translation'))
    throw new AppError(
      'file_unreadable',
      `${path}: the first line has to name the columns, "term" and "translation" among them`,
      { file: path },
    );
  const byTerm = new Map<string, GlossaryEntry>();
  for (const row of body) {
    const cell = (name: GlossaryColumn) => row[columnIndex.get(name) ?? -1] ?? '';
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
