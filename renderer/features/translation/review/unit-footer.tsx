import type { UnitView } from '../../../../contract/translation.ts';
import { translationReviewMessages as reviewTexts } from '../../../messages/translation-review-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { unitChoices, type UnitHandlers } from './unit-choices.ts';

interface UnitFooterProps {
  /** The line that is selected; undefined before one is. */
  unit: UnitView | undefined;
  running: boolean;
  handlers: UnitHandlers;
}

/** What can be done with the selected line, with the keys that do it. */
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
