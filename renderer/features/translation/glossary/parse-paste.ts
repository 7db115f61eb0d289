import { parse } from 'csv-parse/browser/esm/sync';
import { delimiterOf, glossaryColumnOf, glossaryColumns } from '../../../../contract/glossary-columns.ts';
import type { GlossaryRow } from './glossary-draft.ts';

/** Whether a text is part of a table, and not the content of one cell. */
export function isTable(text: string): boolean {
  return /[\t\n]/.test(text.trim());
}

/**
 * Parses rows of a spreadsheet or a CSV file. A first line with known headings names the columns; without one
 * they are term, translation, kind, gender, voice, note. Rows without a term are dropped; of two rows with
 * the same term the last one counts.
 * @throws the parser's error, with the line
 */
export function parseTable(text: string): GlossaryRow[] {
  const plain = text.replace(/^\uFEFF/, '');
  const rows = parse(plain, {
    delimiter: delimiterOf(plain),
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    // A cell of a spreadsheet may start with a quotation mark of its text.
    relax_quotes: true,
  }) as string[][];
  const [head = []] = rows;
  const names = head.map(glossaryColumnOf);
  const headed = names.includes('term') && names.filter(Boolean).length >= Math.min(2, head.length);
  const columns = headed ? names : [...glossaryColumns];
  const byTerm = new Map<string, GlossaryRow>();
  for (const row of headed ? rows.slice(1) : rows) {
    const entry: GlossaryRow = { term: '', translation: '', kind: '', gender: '', voice: '', note: '' };
    for (const [at, name] of columns.entries()) if (name) entry[name] = row[at] ?? '';
    if (entry.term !== '') byTerm.set(entry.term, entry);
  }
  return [...byTerm.values()];
}
