import type { UnitView } from '../../../../contract/translation.ts';
import { runCommand } from '../../../api/run-command.ts';
import { errorText } from '../../../api/error-text.ts';
import { errorInfoOf } from '../../../api/operation-error.ts';
import { translationReviewMessages as reviewTexts } from '../../../messages/translation-review-messages.ts';
import { toast } from '../../../state/toasts.ts';

function reportFailure(thrown: unknown): void {
  toast({ title: errorText(errorInfoOf(thrown)), kind: 'bad' });
}

/** Restores a unit's text and state. */
const undo =
  (project: string, { id, target, state }: UnitView) =>
  () =>
    void runCommand('translate.update', {
      project,
      id,
      ...(target === null ? { state: 'new' as const } : { target, state }),
    }).catch(reportFailure);

/**
 * Approves a translation, with the user's text if there is one.
 * @returns whether it succeeded
 */
export async function approveUnit(project: string, unit: UnitView, typed: string | null): Promise<boolean> {
  const changed = typed !== null && typed !== unit.target;
  try {
    await runCommand('translate.update', {
      project,
      id: unit.id,
      state: 'reviewed',
      ...(changed && { target: typed }),
    });
    return true;
  } catch (thrown) {
    reportFailure(thrown);
    return false;
  }
}

/** Saves the user's text as a draft, to be approved later. */
export async function saveDraft(project: string, unit: UnitView, target: string): Promise<boolean> {
  if (target === (unit.target ?? '')) return true;
  const empty = target.trim() === '';
  try {
    await runCommand('translate.update', {
      project,
      id: unit.id,
      ...(empty ? { state: 'new' as const } : { target, state: 'draft' as const }),
    });
    toast({ title: reviewTexts.review.saved, undo: undo(project, unit) });
    return true;
  } catch (thrown) {
    reportFailure(thrown);
    return false;
  }
}

/** Sends one flagged line to the model again. */
export async function retryUnit(project: string, unit: UnitView): Promise<void> {
  try {
    await runCommand('translate.retry', { project, ids: [unit.id] });
  } catch (thrown) {
    reportFailure(thrown);
  }
}
