import { parse } from 'csv-parse/browser/esm/sync';
import { delimiterOf, glossaryColumnOf, glossaryColumns } from '../../../../contract/glossary-columns.ts';
import { emptyRow, type GlossaryRow } from './glossary-draft.ts';

/** Whether a text is part of a table, and not the content of one cell. */
export function isTable(text: string): boolean {
  return /[\t\n]/.test(text.trim());
}

/**
 * Parses rows of a spreadsheet or a CSV file. A first line with known headings names the columns; without one
 * they are term, translation, kind, gender, voice, note. A term may occur in several rows.
 * @returns the rows with a term, and the number of those without one
 * @throws the parser's error, with the line
 */
export function parseTable(text: string): { rows: GlossaryRow[]; withoutTerm: number } {
  const plain = text.replace(/^\uFEFF/, '');
  const cells = parse(plain, {
    delimiter: delimiterOf(plain),
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    // A cell of a spreadsheet may start with a quotation mark of its text.
    relax_quotes: true,
  }) as string[][];
  const [head = []] = cells;
  const names = head.map(glossaryColumnOf);
  const headed = names.includes('term') && names.filter(Boolean).length >= Math.min(2, head.length);
  const columns = headed ? names : [...glossaryColumns];
  const entries = (headed ? cells.slice(1) : cells).map((row) => {
    const entry = { ...emptyRow };
    for (const [at, name] of columns.entries()) if (name) entry[name] = row[at] ?? '';
    return entry;
  });
  const rows = entries.filter(({ term }) => term !== '');
  return { rows, withoutTerm: entries.length - rows.length };
}
