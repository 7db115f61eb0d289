import type { ReactNode } from 'react';
import { clsx } from 'clsx';

interface ChipProps {
  pressed: boolean;
  onClick: () => void;
  children: ReactNode;
}

/** A small toggle that filters a list. */
export function Chip({ pressed, onClick, children }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className={clsx(
        'h-5.5 shrink-0 rounded-md border px-1.5 text-sm transition-colors',
        pressed
          ? 'border-transparent bg-accent-soft text-accent-strong'
          : 'border-line-strong text-ink-soft hover:bg-hover hover:text-ink',
      )}
    >
      {children}
    </button>
  );
}
