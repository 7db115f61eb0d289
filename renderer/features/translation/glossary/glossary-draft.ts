import { create } from 'zustand';
import type { OperationOutput } from '../../../../contract/operations/table.ts';

export type GlossaryRow = OperationOutput<'translate.glossary'>['entries'][number];

export const emptyRow: GlossaryRow = { term: '', translation: '', kind: '', gender: '', voice: '', note: '' };

/** Glossaries that were changed and not saved yet, by project. Kept while the window is open. */
export const useDrafts = create<Record<string, readonly GlossaryRow[]>>(() => ({}));

export function setDraft(project: string, rows: readonly GlossaryRow[]): void {
  useDrafts.setState({ [project]: rows });
}

export function dropDraft(project: string): void {
  useDrafts.setState(
    (drafts) => Object.fromEntries(Object.entries(drafts).filter(([id]) => id !== project)),
    true,
  );
}

/** Rows with others put in: a term that is there already takes the new row's cells, empty ones aside. */
export function merged(rows: readonly GlossaryRow[], added: readonly GlossaryRow[]): GlossaryRow[] {
  const byTerm = new Map(rows.filter(({ term }) => term !== '').map((row) => [row.term, row]));
  for (const row of added) {
    const given = Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== ''));
    byTerm.set(row.term, { ...(byTerm.get(row.term) ?? emptyRow), ...given });
  }
  return [...byTerm.values()];
}
