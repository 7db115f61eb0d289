import { Select as Base } from '@base-ui/react/select';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { clsx } from 'clsx';
import { popupRoot } from './popup-root.tsx';
import { SearchSelect } from './search-select.tsx';
import { selectTrigger } from './select-face.tsx';
import { useCloseOnChord } from './use-close-on-chord.ts';

export interface SelectOption {
  value: string;
  label: string;
  /** Small text after the label. */
  note?: string;
  /** Shown struck through; it can still be selected. */
  struck?: boolean;
}

export interface SelectGroup {
  label?: string;
  options: SelectOption[];
}

export interface SelectProps {
  /** Its accessible name; shown before the value unless `bare`. */
  label: string;
  bare?: boolean;
  groups: SelectGroup[];
  value: string;
  onChange: (value: string) => void;
  disabled?: boolean;
  title?: string;
  className?: string;
}

/** With more options than this, the list has a search field. */
const maxWithoutSearch = 10;

/** A select with optional groups; a long list has a search field. */
export function Select(props: SelectProps) {
  const count = props.groups.reduce((sum, { options }) => sum + options.length, 0);
  return count > maxWithoutSearch ? <SearchSelect {...props} /> : <ShortSelect {...props} />;
}

function ShortSelect(props: SelectProps) {
  const { label, groups, value, onChange, disabled } = props;
  const options = groups.flatMap((group) => group.options);
  const current = options.find((option) => option.value === value);
  const [open, setOpen] = useState(false);
  useCloseOnChord(open, () => setOpen(false));
  return (
    <Base.Root
      open={open}
      onOpenChange={setOpen}
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
      modal={false}
      disabled={disabled}
    >
      <Base.Trigger {...selectTrigger(props, current)} />
      <Base.Portal container={popupRoot()}>
        <Base.Positioner alignItemWithTrigger={false} sideOffset={4} align="start" className="z-40">
          <Base.Popup className="max-h-(--available-height) min-w-(--anchor-width) max-w-[min(36rem,var(--available-width))] overflow-y-auto rounded-md border border-line bg-raised py-1 shadow-pop">
            <Base.List aria-label={label}>
              {groups.map((group, index) => (
                <Group key={group.label ?? index} group={group} />
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Group({ group }: { group: SelectGroup }) {
  return (
    <Base.Group>
      {group.label && (
        <Base.GroupLabel className="px-2.5 pt-1.5 pb-0.5 text-xs text-ink-faint">
          {group.label}
        </Base.GroupLabel>
      )}
      {group.options.map((option) => (
        <Base.Item
          key={option.value}
          value={option.value}
          className="flex h-7 items-center gap-2 pr-3 pl-2 outline-none data-highlighted:bg-accent-soft"
        >
          <Base.ItemIndicator keepMounted className="invisible shrink-0 text-accent data-selected:visible">
            <Check size={13} aria-hidden="true" />
          </Base.ItemIndicator>
          <Base.ItemText className={clsx('truncate', option.struck && 'text-ink-soft line-through')}>
            {option.label}
          </Base.ItemText>
          {option.note && (
            <span className="ml-auto min-w-0 shrink-99 truncate pl-3 text-sm text-ink-faint">
              {option.note}
            </span>
          )}
        </Base.Item>
      ))}
    </Base.Group>
  );
}
