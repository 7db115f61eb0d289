import { create } from 'zustand';
import { request } from '../../../api/client.ts';
import { errorInfoOf } from '../../../api/operation-error.ts';
import { promptPacksMessages } from '../../../messages/prompt-packs-messages.ts';
import type { ImportUnderReview } from '../../../ui/import-review/import-under-review.ts';
import { reportDone, reportFailure } from '../report-done.ts';

/** The picked file, until it is imported or cancelled. */
export const useImport = create<{ review: ImportUnderReview | null }>(() => ({ review: null }));

export function cancelImport(): void {
  useImport.setState({ review: null });
}

/** Shows the content of a file. Nothing changes yet. */
export async function reviewImport(file: File): Promise<void> {
  try {
    const text = await file.text();
    const read = await request('packs.import', { document: text, mode: 'preview' });
    useImport.setState({ review: { file: file.name, text, ...read } });
  } catch (thrown) {
    reportFailure(errorInfoOf(thrown));
  }
}

/** Imports everything acceptable; the preview has already shown what is refused. */
export async function applyImport({ file, text }: ImportUnderReview): Promise<void> {
  try {
    const input = { document: text, mode: 'apply', skip_refused: true } as const;
    const { change, ...notices } = await request('packs.import', input);
    cancelImport();
    reportDone({ title: promptPacksMessages.promptPacks.imported(file), change, ...notices });
  } catch (thrown) {
    reportFailure(errorInfoOf(thrown));
  }
}
