import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** One line above every view. */
export function Banner({ role = 'status', children }: { role?: 'alert' | 'status'; children: ReactNode }) {
  return (
    <div
      role={role}
      className="flex min-h-9 shrink-0 items-center gap-2 border-b border-line bg-warn-soft py-1 pr-1.5 pl-3"
    >
      <TriangleAlert size={14} aria-hidden="true" className="shrink-0 text-warn" />
      {children}
    </div>
  );
}
