import { Check, Pencil, RotateCcw } from 'lucide-react';
import type { UnitView } from '../../../../contract/translation.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
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
  if (!unit) return { approve: t.unit.pick, edit: t.unit.pick, retry: t.unit.pick };
  if (unit.read_only !== null) {
    const why = t.review.readOnly(unit.read_only);
    return { approve: why, edit: why, retry: why };
  }
  return {
    approve: unit.target === null ? t.review.nothingToApprove : undefined,
    edit: undefined,
    retry: unit.state !== 'flagged' ? t.review.retryOnlyFlagged : running ? t.review.running : undefined,
  };
}

/** What can be done with the selected line, with the keys that do it. */
export function UnitFooter({ unit, running, onApprove, onEdit, onRetry }: UnitFooterProps) {
  const cannot = reasons(unit, running);
  return (
    <div
      role="toolbar"
      aria-label={t.review.actions}
      className="flex shrink-0 flex-wrap items-center gap-2 border-t border-line bg-panel px-4 py-1.5"
    >
      <Button
        disabled={cannot.approve !== undefined}
        title={cannot.approve ?? t.review.approveHelp}
        onClick={() => unit && onApprove(unit)}
      >
        <Check {...icon} />
        {t.review.approve}
        <KeyHint id="run" />
      </Button>
      <Button
        disabled={cannot.edit !== undefined}
        title={cannot.edit ?? t.review.editHelp}
        onClick={() => unit && onEdit(unit)}
      >
        <Pencil {...icon} />
        {t.review.editLine}
      </Button>
      <Button
        disabled={cannot.retry !== undefined}
        title={cannot.retry ?? t.review.retryHelp}
        onClick={() => unit && onRetry(unit)}
      >
        <RotateCcw {...icon} />
        {t.review.retry}
        <KeyHint id="retryUnit" />
      </Button>
    </div>
  );
}
