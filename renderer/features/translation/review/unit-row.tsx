import { Check, CircleDashed, CircleDot, Flag, Lock } from 'lucide-react';
import { memo } from 'react';
import type { UnitView } from '../../../../contract/translation.ts';
import { useLanguage } from '../../../i18n/current-language.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { translationReviewMessages as reviewTexts } from '../../../messages/translation-review-messages.ts';
import { clsx } from 'clsx';
import { MarkedText } from './marked-text.tsx';
import { ProblemChips } from './problem-chips.tsx';
import { readOnlyText } from './unit-choices.ts';
import { TargetEditor } from './target-editor.tsx';

const states = {
  new: { icon: CircleDashed, look: 'text-ink-faint' },
  draft: { icon: CircleDot, look: 'text-ink-soft' },
  flagged: { icon: Flag, look: 'text-warn' },
  reviewed: { icon: Check, look: 'text-ok' },
  locked: { icon: Lock, look: 'text-ink-soft' },
} as const;

export const rowGrid = 'grid grid-cols-[2rem_6rem_minmax(7rem,1fr)_minmax(7rem,1fr)_7.5rem]';

interface UnitRowProps {
  /** Undefined while its page is loading. */
  unit: UnitView | undefined;
  position: number;
  top: number;
  selected: boolean;
  /** The only row that Tab stops at. */
  active: boolean;
  editing: boolean;
  onSave: (unit: UnitView, text: string) => void;
  onApprove: (unit: UnitView, text: string) => void;
  onCancel: () => void;
}

/** One line: its state, its speaker, both texts, and the problems that checks found. */
export const UnitRow = memo(function UnitRow(props: UnitRowProps) {
  const { unit, position, top, selected, active, editing } = props;
  return (
    <div
      role="row"
      data-at={position}
      data-menu={unit?.ordinal}
      data-menu-label={unit?.source}
      aria-rowindex={position + 2}
      aria-selected={selected}
      tabIndex={active ? 0 : -1}
      style={{ top }}
      className={clsx(
        rowGrid,
        'absolute left-0 h-11 w-full items-center leading-4.5 border-b border-line outline-none',
        'focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent',
        selected ? 'bg-accent-soft' : 'bg-canvas hover:bg-hover',
        editing && 'z-30',
      )}
    >
      {unit ? <Cells {...props} unit={unit} /> : <span role="gridcell" className="col-span-5" />}
    </div>
  );
});

function Cells({ unit, editing, onSave, onApprove, onCancel }: UnitRowProps & { unit: UnitView }) {
  // This component is memoised and has texts of its own, so it has to render again when the language changes.
  useLanguage();
  const { icon: Icon, look } = states[unit.state];
  const name = t.project.state[unit.state];
  const note =
    unit.read_only === null
      ? unit.held
        ? reviewTexts.review.held
        : undefined
      : readOnlyText(unit.read_only);
  return (
    <>
      <span role="rowheader" title={note ?? name} className={`flex justify-center ${look}`}>
        <Icon size={13} role="img" aria-label={name} />
      </span>
      <span
        role="gridcell"
        title={unit.speaker ?? undefined}
        className="mr-2 line-clamp-2 overflow-clip text-ink-soft"
      >
        {unit.speaker ?? ''}
      </span>
      <span role="gridcell" title={unit.source} className="mr-3 line-clamp-2 overflow-clip wrap-anywhere">
        <MarkedText unit={unit} of="source" />
      </span>
      <span role="gridcell" className={clsx('relative min-w-0 pr-3', editing && 'self-stretch')}>
        {editing ? (
          <TargetEditor
            unit={unit}
            onSave={(text) => onSave(unit, text)}
            onApprove={(text) => onApprove(unit, text)}
            onCancel={onCancel}
          />
        ) : (
          <span title={unit.target ?? undefined} className="line-clamp-2 overflow-clip wrap-anywhere">
            {unit.target === null ? (
              <span className="text-ink-faint">
                {unit.read_only === null ? reviewTexts.review.noTarget : ''}
              </span>
            ) : (
              <MarkedText unit={unit} of="target" />
            )}
          </span>
        )}
      </span>
      <span role="gridcell" className="min-w-0 pr-2">
        <ProblemChips problems={unit.problems} />
      </span>
    </>
  );
}
