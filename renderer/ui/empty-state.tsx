import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
}

/** Shown in an empty pane: what the pane is for, and the shortcut that fills it. */
export function EmptyState({ icon: Icon, title, children }: EmptyStateProps) {
  return (
    <div className="flex h-full flex-col items-center justify-center gap-2 p-6 text-center text-ink-soft">
      <Icon size={20} aria-hidden="true" className="text-ink-faint" />
      <p className="font-medium text-ink">{title}</p>
      {children && <div className="max-w-80 text-balance">{children}</div>}
    </div>
  );
}
