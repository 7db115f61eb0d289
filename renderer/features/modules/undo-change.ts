import type { Change } from '../../../contract/user-preset.ts';
import { changeText } from '../../api/coded-text.ts';
import { runCommand } from '../../api/run-command.ts';
import { modulesMessages } from '../../messages/modules-messages.ts';
import { toast } from '../../state/toasts.ts';
import { attempt } from './failure.ts';

interface Done {
  title: string;
  /** null if nothing was changed. */
  change: Change | null;
  warnings: readonly string[];
  /** Called after the change was undone. */
  after?: () => void;
}

/** Shows a toast that says what was done, with Undo. */
export function reportDone({ title, change, warnings, after }: Done): void {
  const undo = change === null ? undefined : () => void undoChange(change, after);
  toast({ title, description: warnings.join(' ') || undefined, undo });
}

/** Undoes a change, and reports it. */
export function undoChange(change: Change, after?: () => void): Promise<boolean> {
  return attempt(async () => {
    const { undone } = await runCommand('presets.undo', { change: change.id });
    after?.();
    toast({ title: modulesMessages.presetsDone.undone(changeText(undone)) });
  });
}
