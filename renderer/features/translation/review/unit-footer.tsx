import type { UnitView } from '../../../../contract/translation.ts';
import { translationReviewMessages as reviewTexts } from '../../../messages/translation-review-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { unitChoices, type UnitHandlers } from './unit-choices.ts';

interface UnitFooterProps {
  /** The selected line; undefined if there is none. */
  unit: UnitView | undefined;
  running: boolean;
  handlers: UnitHandlers;
}

/** The actions on the selected line, with their keys. */
export function UnitFooter({ unit, running, handlers }: UnitFooterProps) {
  return (
    <div
      role="toolbar"
      aria-label={reviewTexts.review.actions}
      className="flex shrink-0 flex-wrap items-center gap-2 border-t border-line bg-panel px-4 py-1.5"
    >
      {unitChoices(unit, running, handlers).map(({ label, icon: Icon, help, shortcut, unavailable, run }) => (
        <Button key={label} disabled={unavailable !== undefined} title={unavailable ?? help} onClick={run}>
          <Icon size={13} aria-hidden="true" />
          {label}
          {shortcut && <KeyHint id={shortcut} />}
        </Button>
      ))}
    </div>
  );
}
