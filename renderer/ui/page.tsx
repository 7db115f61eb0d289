import type { ReactNode } from 'react';

/** The header of a work pane, and its content. */
export function Page({
  title,
  actions,
  children,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="flex h-full flex-col">
      <header className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b border-line bg-canvas py-1.5 pr-3 pl-4">
        <h1 className="flex-1 text-lg font-semibold">{title}</h1>
        {actions}
      </header>
      {children}
    </div>
  );
}

interface PageBodyProps {
  /** Parts are side by side if there is room for two readable columns. */
  columns?: boolean;
  children: ReactNode;
}

/** A page's scrolling body, with a readable width. */
export function PageBody({ columns = false, children }: PageBodyProps) {
  return (
    <div className="@container min-h-0 flex-1 overflow-y-auto">
      <div
        className={
          columns
            ? 'grid max-w-420 items-start gap-x-10 gap-y-5 p-4 *:max-w-200 *:min-w-0 @5xl:grid-cols-2'
            : 'flex max-w-200 flex-col gap-5 p-4'
        }
      >
        {children}
      </div>
    </div>
  );
}
