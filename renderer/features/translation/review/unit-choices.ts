import type { LucideIcon } from 'lucide-react';
import { Check, Pencil, RotateCcw } from 'lucide-react';
import type { UnitView } from '../../../../contract/translation.ts';
import { translationReviewMessages as reviewTexts } from '../../../messages/translation-review-messages.ts';
import type { ShortcutId } from '../../../state/key-map.ts';

/** The table's actions on a line. */
export interface UnitHandlers {
  onApprove: (unit: UnitView) => void;
  onEdit: (unit: UnitView) => void;
  onRetry: (unit: UnitView) => void;
}

interface UnitChoice {
  label: string;
  icon: LucideIcon;
  help: string;
  shortcut?: ShortcutId;
  /** Why the action is not available for this line. */
  unavailable: string | undefined;
  run: () => void;
}

/** The sentences of `main/formats/renpy/texts/read-translation.ts`, which are stored without a code. */
const edited = /^Line (\d+): the block was edited by hand\.$/;
const editedLines = /^Line (\d+): the block was edited by hand and has (\d+) lines of dialogue\.$/;
const computed = /^Line (\d+): the translation is computed\.$/;

function readOnlyReason(english: string): string {
  const t = reviewTexts.review.readOnlyReasons;
  const [, line = '', lines = ''] = editedLines.exec(english) ?? [];
  if (line !== '') return t.editedLines(line, lines);
  return english
    .replace(edited, (_, at: string) => t.edited(at))
    .replace(computed, (_, at: string) => t.computed(at));
}

/** That a line of a script cannot be edited, and why, in the current language; an unknown sentence stays as it is. */
export const readOnlyText = (english: string) => reviewTexts.review.readOnly(readOnlyReason(english));

/** The reasons why actions are not available for this line. */
function reasons(unit: UnitView | undefined, running: boolean) {
  if (!unit)
    return { approve: reviewTexts.unit.pick, edit: reviewTexts.unit.pick, retry: reviewTexts.unit.pick };
  if (unit.read_only !== null) {
    const why = readOnlyText(unit.read_only);
    return { approve: why, edit: why, retry: why };
  }
  return {
    approve: unit.target === null ? reviewTexts.review.nothingToApprove : undefined,
    edit: undefined,
    retry:
      unit.state !== 'flagged'
        ? reviewTexts.review.retryOnlyFlagged
        : running
          ? reviewTexts.review.running
          : undefined,
  };
}

/** The actions on a line, below the table and in the row's menu. Without a selected line all are unavailable. */
export function unitChoices(
  unit: UnitView | undefined,
  running: boolean,
  { onApprove, onEdit, onRetry }: UnitHandlers,
): UnitChoice[] {
  const t = reviewTexts.review;
  const cannot = reasons(unit, running);
  return [
    {
      label: t.approve,
      icon: Check,
      help: t.approveHelp,
      shortcut: 'run',
      unavailable: cannot.approve,
      run: () => unit && onApprove(unit),
    },
    {
      label: t.editLine,
      icon: Pencil,
      help: t.editHelp,
      unavailable: cannot.edit,
      run: () => unit && onEdit(unit),
    },
    {
      label: t.retry,
      icon: RotateCcw,
      help: t.retryHelp,
      shortcut: 'retryUnit',
      unavailable: cannot.retry,
      run: () => unit && onRetry(unit),
    },
  ];
}
