import type { OperationOutput } from '../../../../contract/operations/table.ts';
import { draftStore } from '../../../state/drafts/draft-store.ts';

export type GlossaryRow = OperationOutput<'translate.glossary'>['entries'][number];

export const emptyRow: GlossaryRow = { term: '', translation: '', kind: '', gender: '', voice: '', note: '' };

/** Unsaved changes of glossaries, by project. Kept while the window is open. */
export const glossaryDrafts = draftStore<readonly GlossaryRow[]>((draft, sent) =>
  draft === sent ? null : draft,
);

/**
 * The rows to save, without empty ones. A row that lacks only its term stays: the core reports it, and
 * nothing typed is lost.
 */
export function filledRows(rows: readonly GlossaryRow[]): GlossaryRow[] {
  return rows
    .filter((row) => Object.values(row).some((cell) => cell.trim() !== ''))
    .map((row) => ({ ...row, term: row.term.trim() }));
}

/** Merges added rows: an existing term takes the non-empty cells of the added row. */
export function mergeRows(rows: readonly GlossaryRow[], added: readonly GlossaryRow[]): GlossaryRow[] {
  const result = filledRows(rows);
  const positions = new Map(result.map(({ term }, at) => [term, at]));
  for (const row of added) {
    const filledCells = Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== ''));
    const at = positions.get(row.term);
    if (at === undefined) positions.set(row.term, result.push({ ...emptyRow, ...filledCells }) - 1);
    else result[at] = { ...emptyRow, ...result[at], ...filledCells };
  }
  return result;
}
