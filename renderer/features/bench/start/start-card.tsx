import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useId } from 'react';

interface StartCardProps {
  icon: LucideIcon;
  title: string;
  children: ReactNode;
}

/** One way to a first reply. */
export function StartCard({ icon: Icon, title, children }: StartCardProps) {
  const id = useId();
  return (
    <article
      aria-labelledby={id}
      className="flex min-w-0 flex-col items-start gap-2 rounded-md border border-line bg-raised p-3"
    >
      <h3 id={id} className="flex items-center gap-1.5 font-medium">
        <Icon size={14} aria-hidden="true" className="shrink-0 text-accent" />
        {title}
      </h3>
      {children}
    </article>
  );
}
