import { create } from 'zustand';
import { runCommand } from '../../../api/run-command.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import type { ImportUnderReview } from '../../../ui/import-review/import-under-review.ts';
import { importable } from '../../../ui/import-review/import-under-review.ts';
import { attempt } from '../failure.ts';
import { tell } from '../take-back.ts';

export const useImport = create<{ review: ImportUnderReview | null }>(() => ({ review: null }));

export function cancelImport(): void {
  useImport.setState({ review: null });
}

/** Reads a file and shows what an import of it would do; nothing changes yet. */
export function reviewImport(file: File): Promise<boolean> {
  return attempt(async () => {
    const text = await file.text();
    const { items, warnings } = await runCommand('presets.import', { document: text, mode: 'preview' });
    useImport.setState({ review: { file: file.name, text, items, warnings } });
  });
}

export function applyImport({ text }: ImportUnderReview): Promise<boolean> {
  return attempt(async () => {
    const done = await runCommand('presets.import', { document: text, mode: 'apply', skip_refused: true });
    cancelImport();
    tell({ ...done, title: modulesMessages.presetsDone.imported(importable(done.items)) });
  });
}
