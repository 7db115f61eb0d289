import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** A titled part of a list pane. */
export function ListSection({
  title,
  action,
  children,
}: {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className="flex flex-col pb-2">
      <header className="flex h-8 items-center gap-2 pr-1.5 pl-3">
        <h2 className="flex-1 text-sm font-medium text-ink-faint">{title}</h2>
        {action}
      </header>
      {children}
    </section>
  );
}

interface ListRowProps {
  label: string;
  note?: string;
  icon?: ReactNode;
  /** Shows that there is something unsaved or edited in it. */
  dot?: boolean;
  selected: boolean;
  onClick: () => void;
}

/** One thing of a list pane; a click shows it in the work pane. */
export function ListRow({ label, note, icon, dot, selected, onClick }: ListRowProps) {
  return (
    <button
      type="button"
      data-row
      aria-current={selected || undefined}
      onClick={onClick}
      className={classNames(
        'mx-1.5 flex h-7 items-center gap-2 rounded-md px-1.5 text-left transition-colors',
        selected ? 'bg-accent-soft text-ink' : 'hover:bg-hover',
      )}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {dot && <span aria-hidden="true" className="size-1.5 shrink-0 rounded-full bg-accent" />}
      {note && <span className="num max-w-28 shrink-0 truncate text-ink-faint">{note}</span>}
    </button>
  );
}
