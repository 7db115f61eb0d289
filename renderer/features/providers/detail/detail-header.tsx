import type { ReactNode } from 'react';
import { Badge } from '../../../ui/badge.tsx';

interface DetailHeaderProps {
  title: string;
  /** The name that callers use. */
  id?: string;
  kind?: string;
  /** Buttons at its end. */
  children?: ReactNode;
}

/** The first line of the work pane. */
export function DetailHeader({ title, id, kind, children }: DetailHeaderProps) {
  return (
    <header className="sticky top-0 z-10 flex min-h-10 flex-wrap items-center gap-2 border-b border-line bg-canvas py-1.5 pr-3 pl-4">
      <h1 className="text-lg font-semibold">{title}</h1>
      {id && <code className="num text-ink-faint">{id}</code>}
      {kind && <Badge>{kind}</Badge>}
      <span className="flex-1" />
      {children}
    </header>
  );
}
