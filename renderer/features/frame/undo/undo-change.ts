import { changeText } from '../../../api/coded-text.ts';
import { errorText } from '../../../api/error-text.ts';
import { errorInfoOf } from '../../../api/operation-error.ts';
import { runCommand } from '../../../api/run-command.ts';
import { noticesInOne } from '../../../api/notice-text.ts';
import { userFilesMessages } from '../../../messages/user-files-messages.ts';
import { toast } from '../../../state/toasts.ts';
import { forgetUndo, takeLatestUndo } from '../../../state/undo.ts';

/** Undoes one change of the core, by default the latest, and reports it. */
export async function undoChange(change?: string): Promise<void> {
  const t = userFilesMessages.changes;
  try {
    const { undone, ...notices } = await runCommand('changes.undo', change === undefined ? {} : { change });
    toast({ title: t.undone(changeText(undone)), description: noticesInOne(notices) });
  } catch (thrown) {
    const error = errorInfoOf(thrown);
    if (error.code === 'not_found') toast({ title: t.none, description: t.help });
    else toast({ title: t.failed, description: errorText(error), kind: 'bad' });
  }
}

/** Undoes a change from the list, and empties Ctrl+Z: its latest action may be the same change. */
export function undoFromList(change: string): Promise<void> {
  forgetUndo();
  return undoChange(change);
}

/** Ctrl+Z: undoes the latest action in this window, else the latest change of the core. */
export function undoLatest(): void {
  const undo = takeLatestUndo();
  if (undo) undo();
  else void undoChange();
}
