import type { ReactNode } from 'react';

/** A titled part of the settings. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2 border-t border-line pt-3">
      <h2 className="font-medium">{title}</h2>
      {children}
    </section>
  );
}
