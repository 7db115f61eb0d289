import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { clsx } from 'clsx';

export interface TabItem {
  id: string;
  label: string;
  /** Number of items in the tab; 0 is not shown. */
  count?: number;
  content: ReactNode;
}

interface TabsProps {
  label: string;
  items: TabItem[];
  value: string;
  onChange: (id: string) => void;
  /** Less space between them, for a narrow pane. */
  narrow?: boolean;
}

/** Tabs for panes that share one area. They stay in one line, which scrolls sideways where it is too narrow. */
export function Tabs({ label, items, value, onChange, narrow = false }: TabsProps) {
  const list = useRef<HTMLDivElement>(null);
  const shown = items.findIndex(({ id }) => id === value);
  useEffect(() => {
    list.current?.children[shown]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [shown]);
  return (
    <Base.Root
      value={value}
      onValueChange={(id) => onChange(String(id))}
      className="flex min-h-0 flex-1 flex-col"
    >
      <Base.List
        ref={list}
        aria-label={label}
        onWheel={({ currentTarget, deltaY }) => (currentTarget.scrollLeft += deltaY)}
        className={clsx(
          'flex shrink-0 overflow-x-auto overflow-y-hidden border-b border-line [scrollbar-width:none]',
          narrow ? 'gap-x-2 px-2.5' : 'gap-x-3 px-3',
        )}
      >
        {items.map((item) => (
          <Base.Tab
            key={item.id}
            value={item.id}
            className="flex h-8 shrink-0 items-center gap-1 border-b-2 border-transparent text-ink-soft transition-colors whitespace-nowrap hover:text-ink data-active:border-accent data-active:text-ink"
          >
            {item.label}
            {item.count ? <span className="num text-ink-faint">{item.count}</span> : null}
          </Base.Tab>
        ))}
      </Base.List>
      {items.map((item) => (
        <Base.Panel key={item.id} value={item.id} className="min-h-0 flex-1 overflow-auto">
          {item.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
