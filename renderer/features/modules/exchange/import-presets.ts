import '../../../api/zod-without-eval.ts';
import { create } from 'zustand';
import { presetDocumentKind } from '../../../../contract/user-preset.ts';
import { runCommand } from '../../../api/run-command.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import type { ImportUnderReview } from '../../../ui/import-review/import-under-review.ts';
import { importable } from '../../../ui/import-review/import-under-review.ts';
import { attempt } from '../failure.ts';
import { reportDone } from '../undo-change.ts';
import { applySillyTavern, previewSillyTavern, type SillyTavernFile } from './import-sillytavern.ts';

interface Reviewed extends ImportUnderReview {
  /** Set for a file from SillyTavern. */
  sillyTavern?: SillyTavernFile;
}

export const useImport = create<{ review: Reviewed | null }>(() => ({ review: null }));

export function cancelImport(): void {
  useImport.setState({ review: null });
}

/** Whether a file is the panel's own export or a similar file written by hand. */
const isOurs = (text: string) => text.includes(presetDocumentKind) || /"modules"\s*:/.test(text);

/** Reads a file and shows what importing it would do. Nothing changes yet. */
export function reviewImport(file: File, module: string): Promise<boolean> {
  return attempt(async () => {
    const text = file.name.toLowerCase().endsWith('.png') ? '' : await file.text();
    if (!isOurs(text)) {
      useImport.setState({ review: await previewSillyTavern(file, module) });
      return;
    }
    const read = await runCommand('presets.import', { document: text, mode: 'preview' });
    useImport.setState({ review: { file: file.name, text, ...read } });
  });
}

export function applyImport({ text, sillyTavern }: Reviewed): Promise<boolean> {
  return attempt(async () => {
    const done = sillyTavern
      ? await applySillyTavern(sillyTavern)
      : await runCommand('presets.import', { document: text, mode: 'apply', skip_refused: true });
    cancelImport();
    reportDone({ ...done, title: modulesMessages.presetsDone.imported(importable(done.items)) });
  });
}
