import type { ReactNode } from 'react';
import { clsx } from 'clsx';

interface ListRowProps {
  label: string;
  note?: string;
  icon?: ReactNode;
  /** Marks unsaved or edited content. */
  dot?: boolean;
  selected: boolean;
  /** The row's id for the surrounding `RowMenu`. */
  menu?: string;
  onClick: () => void;
}

/** An item of a list pane; a click shows it in the work pane. */
export function ListRow({ label, note, icon, dot, selected, menu, onClick }: ListRowProps) {
  return (
    <button
      type="button"
      data-row
      data-menu={menu}
      data-menu-label={label}
      aria-current={selected || undefined}
      onClick={onClick}
      className={clsx(
        'mx-1.5 flex h-7 items-center gap-2 rounded-md px-1.5 text-left transition-colors',
        selected ? 'bg-accent-soft text-ink' : 'hover:bg-hover',
      )}
    >
      {icon}
      <span title={label} className="min-w-0 flex-1 truncate">
        {label}
      </span>
      {dot && <span aria-hidden="true" className="size-1.5 shrink-0 rounded-full bg-accent" />}
      {note && <span className="num max-w-28 shrink-0 truncate text-ink-faint">{note}</span>}
    </button>
  );
}
