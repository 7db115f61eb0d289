import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
}

/** What a pane shows before there is something in it: what it is for and the key that fills it. */
export function EmptyState({ icon: Icon, title, children }: EmptyStateProps) {
  return (
    <div className="flex h-full flex-col items-center justify-center gap-2 p-6 text-center text-ink-soft">
      <Icon size={20} aria-hidden="true" className="text-ink-faint" />
      <p className="font-medium text-ink">{title}</p>
      {children && <div className="max-w-80 text-balance">{children}</div>}
    </div>
  );
}
