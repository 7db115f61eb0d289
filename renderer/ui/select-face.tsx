import { ChevronsUpDown } from 'lucide-react';
import { clsx } from 'clsx';
import type { SelectOption } from './select.tsx';

/** The button that opens a list of options. */
export const selectFaceLook = clsx(
  'flex h-7 min-w-0 items-center gap-1.5 rounded-md border border-line-strong bg-raised pr-1.5 pl-2 text-left',
  'transition-colors hover:bg-hover data-disabled:cursor-not-allowed data-disabled:opacity-55',
);

interface SelectFaceProps {
  /** Stands in front of the value; null for none. */
  label: string | null;
  value: string;
  current: SelectOption | undefined;
}

/** What is on that button. */
export function SelectFace({ label, value, current }: SelectFaceProps) {
  return (
    <>
      {label !== null && <span className="shrink-0 text-sm text-ink-faint">{label}</span>}
      <span className={clsx('min-w-0 flex-1 truncate', current?.struck && 'line-through')}>
        {current?.label ?? value}
      </span>
      <ChevronsUpDown size={12} aria-hidden="true" className="shrink-0 text-ink-faint" />
    </>
  );
}
