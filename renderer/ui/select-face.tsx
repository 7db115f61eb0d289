import { ChevronsUpDown } from 'lucide-react';
import { clsx } from 'clsx';
import type { SelectOption, SelectProps } from './select.tsx';

const look = clsx(
  'flex h-7 min-w-0 items-center gap-1.5 rounded-md border border-line-strong bg-raised pr-1.5 pl-2 text-left',
  'transition-colors hover:bg-hover data-disabled:cursor-not-allowed data-disabled:opacity-55',
);

type Face = Pick<SelectProps, 'label' | 'bare' | 'value' | 'title' | 'className'>;

/** The props of a select's button, for whichever trigger component the list has. */
export function selectTrigger(
  { label, bare, value, title, className }: Face,
  current: SelectOption | undefined,
) {
  const shown = current?.label ?? value;
  return {
    'aria-label': `${label}: ${shown}`,
    title,
    className: clsx(look, className),
    children: (
      <>
        {!bare && <span className="shrink-0 text-sm text-ink-faint">{label}</span>}
        <span className={clsx('min-w-0 flex-1 truncate', current?.struck && 'line-through')}>{shown}</span>
        <ChevronsUpDown size={12} aria-hidden="true" className="shrink-0 text-ink-faint" />
      </>
    ),
  };
}
