import { Combobox as Base } from '@base-ui/react/combobox';
import { Check } from 'lucide-react';
import { useMemo, useState } from 'react';
import { clsx } from 'clsx';
import { messages } from '../messages.ts';
import { isComposing } from '../state/composing.ts';
import { matchingOptions } from './matching-options.ts';
import { popupRoot } from './popup-root.tsx';
import type { SelectGroup, SelectOption, SelectProps } from './select.tsx';
import { selectTrigger } from './select-face.tsx';
import { useCloseOnChord } from './use-close-on-chord.ts';

/** A group in the library's format. */
type Shown = {
  /** Its label; empty for a group without one. */
  value: string;
  items: SelectOption[];
};

/** The groups with matching options, without empty ones. */
function matchingGroups(groups: readonly SelectGroup[], query: string): Shown[] {
  return groups
    .map(({ label, options }) => ({ value: label ?? '', items: matchingOptions(options, query) }))
    .filter(({ items }) => items.length > 0);
}

/** A select with optional groups: the list opens with a search field that filters it. */
export function SearchSelect(props: SelectProps) {
  const { label, groups, value, onChange, disabled } = props;
  const t = messages.ui;
  const current = groups.flatMap((group) => group.options).find((option) => option.value === value);
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const all = useMemo(() => matchingGroups(groups, ''), [groups]);
  const shown = useMemo(() => matchingGroups(groups, query), [groups, query]);
  useCloseOnChord(open, () => setOpen(false));
  return (
    <Base.Root
      items={all}
      filteredItems={shown}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) setQuery('');
      }}
      value={current ?? null}
      onValueChange={(next: SelectOption | null) => next && onChange(next.value)}
      isItemEqualToValue={(one: SelectOption, other: SelectOption) => one.value === other.value}
      inputValue={query}
      onInputValueChange={setQuery}
      autoHighlight
      disabled={disabled}
    >
      <Base.Trigger {...selectTrigger(props, current)} />
      <Base.Portal container={popupRoot()}>
        <Base.Positioner sideOffset={4} align="start" className="z-40">
          <Base.Popup
            aria-label={label}
            className="flex max-h-[min(26rem,var(--available-height))] min-w-[max(var(--anchor-width),15rem)] max-w-[min(36rem,var(--available-width))] flex-col rounded-md border border-line bg-raised shadow-pop outline-none"
          >
            <Base.Input
              aria-label={t.findIn(label)}
              placeholder={t.find}
              spellCheck={false}
              onKeyDown={(event) => {
                if (isComposing(event)) event.preventBaseUIHandler();
              }}
              className="m-1 h-7 shrink-0 rounded-md border border-line-strong bg-canvas px-2"
            />
            <Base.Empty className="px-2.5 pb-2 text-ink-faint empty:hidden">{t.noMatch}</Base.Empty>
            <Base.List
              aria-label={label}
              className="min-h-0 overflow-y-auto overscroll-contain pb-1 empty:pb-0"
            >
              {(group: Shown) => <Group key={group.value} group={group} />}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Group({ group }: { group: Shown }) {
  return (
    <Base.Group items={group.items}>
      {group.value !== '' && (
        <Base.GroupLabel className="px-2.5 pt-1.5 pb-0.5 text-xs text-ink-faint">
          {group.value}
        </Base.GroupLabel>
      )}
      <Base.Collection>
        {(option: SelectOption) => (
          <Base.Item
            key={option.value}
            value={option}
            className="flex h-7 items-center gap-2 pr-3 pl-2 outline-none data-highlighted:bg-accent-soft"
          >
            <Base.ItemIndicator keepMounted className="invisible shrink-0 text-accent data-selected:visible">
              <Check size={13} aria-hidden="true" />
            </Base.ItemIndicator>
            <span className={clsx('truncate', option.struck && 'text-ink-soft line-through')}>
              {option.label}
            </span>
            {option.note && (
              <span className="ml-auto min-w-0 shrink-99 truncate pl-3 text-sm text-ink-faint">
                {option.note}
              </span>
            )}
          </Base.Item>
        )}
      </Base.Collection>
    </Base.Group>
  );
}
