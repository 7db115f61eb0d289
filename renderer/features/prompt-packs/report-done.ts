import type { QueryClient } from '@tanstack/react-query';
import type { NoticeFields } from '../../../contract/coded-texts.ts';
import type { ErrorInfo } from '../../../contract/errors.ts';
import type { Change } from '../../../contract/user-preset.ts';
import { errorText } from '../../api/error-text.ts';
import { changeText } from '../../api/coded-text.ts';
import { request } from '../../api/client.ts';
import { errorInfoOf } from '../../api/operation-error.ts';
import { noticesInOne } from '../../api/notice-text.ts';
import { promptPacksMessages } from '../../messages/prompt-packs-messages.ts';
import { toast } from '../../state/toasts.ts';

const t = promptPacksMessages.promptPacks;

export function reportFailure(error: ErrorInfo): void {
  toast({ title: t.failed, description: errorText(error), kind: 'bad' });
}

/** Reloads all queries about packs; resolves when the new data has arrived. */
export async function refreshPacks(queries: QueryClient): Promise<void> {
  const names = ['packs.library', 'packs.source', 'packs.list', 'packs.get'];
  await Promise.all(names.map((name) => queries.invalidateQueries({ queryKey: [name] })));
}

interface Done extends NoticeFields {
  title: string;
  /** null if nothing was changed. */
  change: Change | null;
  /** Called before the change is undone: leaves a page that the undo removes. */
  before?: () => void;
  /** Called after the change was undone. */
  after?: () => void;
}

/** Shows a toast that says what was done, with Undo. */
export function reportDone({ title, change, before, after, ...answer }: Done): void {
  const undoChange = async (id: string) => {
    before?.();
    try {
      const { undone } = await request('packs.undo', { change: id });
      after?.();
      toast({ title: t.undone(changeText(undone)) });
    } catch (thrown) {
      reportFailure(errorInfoOf(thrown));
    }
  };
  const undo = change === null ? undefined : () => void undoChange(change.id);
  toast({ title, description: noticesInOne(answer), undo });
}
