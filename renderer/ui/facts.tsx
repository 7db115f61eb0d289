import type { ReactNode } from 'react';

export interface Fact {
  label: string;
  value: ReactNode;
  /** Small text after the value. */
  note?: ReactNode;
}

/** A few figures side by side. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-2">
      {facts.map(({ label, value, note }) => (
        <div key={label}>
          <dt className="text-xs text-ink-faint">{label}</dt>
          <dd>
            <span className="num">{value}</span>
            {note && <span className="ml-1.5 text-sm text-ink-faint">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Names with their values, one per line. */
export function FactList({ facts }: { facts: Fact[] }) {
  return (
    <dl className="grid grid-cols-[minmax(6.5rem,auto)_1fr] gap-x-4 gap-y-1.5">
      {facts.map(({ label, value, note }) => (
        <div key={label} className="contents">
          <dt className="text-ink-faint">{label}</dt>
          <dd className="min-w-0 wrap-anywhere">
            {value}
            {note && <span className="ml-1.5 text-sm text-ink-faint">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
