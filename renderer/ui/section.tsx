import type { ReactNode } from 'react';

const looks = {
  page: {
    section: 'gap-2',
    header: 'min-h-7 border-b border-line',
    title: 'font-medium',
  },
  list: {
    section: 'pb-2',
    header: 'h-8 pr-1.5 pl-3',
    title: 'text-sm font-medium text-ink-faint',
  },
};

interface SectionProps {
  /** Whether it is in a page or in a list pane. */
  look: keyof typeof looks;
  title: string;
  action?: ReactNode;
  children: ReactNode;
}

/** A titled section. */
export function Section({ look, title, action, children }: SectionProps) {
  const classes = looks[look];
  return (
    <section aria-label={title} className={`flex flex-col ${classes.section}`}>
      <div className={`flex items-center gap-2 ${classes.header}`}>
        <h2 className={`flex-1 ${classes.title}`}>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}
