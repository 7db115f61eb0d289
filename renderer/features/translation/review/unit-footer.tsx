import { Check, Pencil, RotateCcw } from 'lucide-react';
import type { UnitView } from '../../../../contract/translation.ts';
import { translationReviewMessages as reviewTexts } from '../../../messages/translation-review-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';

interface UnitFooterProps {
  /** The line that is selected; undefined before one is. */
  unit: UnitView | undefined;
  running: boolean;
  onApprove: (unit: UnitView) => void;
  onEdit: (unit: UnitView) => void;
  onRetry: (unit: UnitView) => void;
}

const icon = { size: 13, 'aria-hidden': true } as const;

/** Why an action cannot be done with this line. */
function reasons(unit: UnitView | undefined, running: boolean) {
  if (!unit)
    return { approve: reviewTexts.unit.pick, edit: reviewTexts.unit.pick, retry: reviewTexts.unit.pick };
  if (unit.read_only !== null) {
    const why = reviewTexts.review.readOnly(unit.read_only);
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

/** What can be done with the selected line, with the keys that do it. */
export function UnitFooter({ unit, running, onApprove, onEdit, onRetry }: UnitFooterProps) {
  const cannot = reasons(unit, running);
  return (
    <div
      role="toolbar"
      aria-label={reviewTexts.review.actions}
      className="flex shrink-0 flex-wrap items-center gap-2 border-t border-line bg-panel px-4 py-1.5"
    >
      <Button
        disabled={cannot.approve !== undefined}
        title={cannot.approve ?? reviewTexts.review.approveHelp}
        onClick={() => unit && onApprove(unit)}
      >
        <Check {...icon} />
        {reviewTexts.review.approve}
        <KeyHint id="run" />
      </Button>
      <Button
        disabled={cannot.edit !== undefined}
        title={cannot.edit ?? reviewTexts.review.editHelp}
        onClick={() => unit && onEdit(unit)}
      >
        <Pencil {...icon} />
        {reviewTexts.review.editLine}
      </Button>
      <Button
        disabled={cannot.retry !== undefined}
        title={cannot.retry ?? reviewTexts.review.retryHelp}
        onClick={() => unit && onRetry(unit)}
      >
        <RotateCcw {...icon} />
        {reviewTexts.review.retry}
        <KeyHint id="retryUnit" />
      </Button>
    </div>
  );
}
