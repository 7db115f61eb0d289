import { errorText } from '../../../api/error-text.ts';
import { errorInfoOf } from '../../../api/operation-error.ts';
import { runCommand } from '../../../api/run-command.ts';
import { userFilesMessages } from '../../../messages/user-files-messages.ts';
import { toast } from '../../../state/toasts.ts';
import { forgetUndo, takeLatestUndo } from '../../../state/undo.ts';

/** Undoes one change of the core's, by default the latest, and says so. */
export async function undoChange(change?: string): Promise<void> {
  const t = userFilesMessages.changes;
  try {
    const { undone, warnings } = await runCommand('changes.undo', change === undefined ? {} : { change });
    toast({ title: t.undone(undone.summary), description: warnings.join(' ') || undefined });
  } catch (thrown) {
    const error = errorInfoOf(thrown);
    if (error.code === 'not_found') toast({ title: t.none, description: t.help });
    else toast({ title: t.failed, description: errorText(error), kind: 'bad' });
  }
}

/** As `undoChange`, from the list: what Ctrl+Z remembers may be undone by it. */
export function undoFromList(change: string): Promise<void> {
  forgetUndo();
  return undoChange(change);
}

/** Ctrl+Z: the latest thing done in this window, else the latest one that the core knows. */
export function undoLatest(): void {
  const undo = takeLatestUndo();
  if (undo) undo();
  else void undoChange();
}
