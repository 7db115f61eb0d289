import type { NoticeFields } from '../../../contract/coded-texts.ts';
import type { Change } from '../../../contract/user-preset.ts';
import { changeText } from '../../api/coded-text.ts';
import { runCommand } from '../../api/run-command.ts';
import { noticesInOne } from '../../api/notice-text.ts';
import { modulesMessages } from '../../messages/modules-messages.ts';
import { toast } from '../../state/toasts.ts';
import { attempt } from './failure.ts';

interface Done extends NoticeFields {
  title: string;
  /** null if nothing was changed. */
  change: Change | null;
  /** Called after the change was undone. */
  after?: () => void;
}

/** Shows a toast that says what was done, with Undo. */
export function reportDone({ title, change, after, ...answer }: Done): void {
  const undo = change === null ? undefined : () => void undoChange(change, after);
  toast({ title, description: noticesInOne(answer), undo });
}

/** Undoes a change, and reports it. */
export function undoChange(change: Change, after?: () => void): Promise<boolean> {
  return attempt(async () => {
    const { undone } = await runCommand('presets.undo', { change: change.id });
    after?.();
    toast({ title: modulesMessages.presetsDone.undone(changeText(undone)) });
  });
}
