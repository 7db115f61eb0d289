import { Autocomplete as Base } from '@base-ui/react/autocomplete';
import { ChevronsUpDown, LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import { isComposing } from '../state/composing.ts';
import { clsx } from 'clsx';
import { matchingOptions } from './matching-options.ts';
import { popupRoot } from './popup-root.tsx';
import type { SelectOption } from './select.tsx';
import { useCloseOnChord } from './use-close-on-chord.ts';

interface ComboProps {
  label: string;
  options: readonly SelectOption[];
  value: string;
  onChange: (value: string) => void;
  /** Shown for an empty value. */
  placeholder: string;
  className?: string;
  /** Called when the list opens, to load missing options. */
  onOpen?: () => void;
  /** Called when the input gets or loses the focus. */
  onFocusChange?: (focused: boolean) => void;
  /** Set while options are being loaded; shown after 150 ms. */
  busy?: string | undefined;
  /** Shown below the list. */
  footnote?: string | undefined;
}

/** A combo box with free text: typing filters the suggestions, and any text is accepted. */
export function Combo(props: ComboProps) {
  const { label, options, value, onChange, placeholder, className, onOpen, onFocusChange, busy, footnote } =
    props;
  // A list opened without typing is complete: the current value does not filter it.
  const [typed, setTyped] = useState(false);
  const shown = matchingOptions(options, typed ? value : '');
  const [wanted, setWanted] = useState(false);
  const open = wanted && (shown.length > 0 || busy !== undefined || footnote !== undefined);
  useCloseOnChord(open, () => setWanted(false));
  return (
    <Base.Root
      items={options}
      filteredItems={shown}
      mode="none"
      value={value}
      itemToStringValue={(option: SelectOption) => option.value}
      onValueChange={(next, { reason }) => {
        setTyped(reason === 'input-change');
        onChange(next);
      }}
      open={open}
      onOpenChange={(next) => {
        if (next && !wanted) onOpen?.();
        setWanted(next);
        if (!next) setTyped(false);
      }}
      openOnInputClick
    >
      <div
        className={clsx(
          'flex h-7 min-w-0 items-center gap-1.5 rounded-md border border-line-strong bg-raised pl-2 hover:bg-hover',
          'focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent',
          className,
        )}
      >
        <span aria-hidden="true" className="shrink-0 text-sm text-ink-faint">
          {label}
        </span>
        <Base.Input
          aria-label={label}
          placeholder={placeholder}
          spellCheck={false}
          onFocus={() => onFocusChange?.(true)}
          onBlur={() => onFocusChange?.(false)}
          onKeyDown={(event) => {
            // With a closed list the library would clear the input on Escape, and a typed model id would be
            // lost.
            if (event.key === 'Escape' && (!open || isComposing(event))) event.preventBaseUIHandler();
          }}
          title={value || placeholder}
          className="h-full min-w-0 flex-1 bg-transparent text-ellipsis outline-none placeholder:text-ink"
        />
        <Base.Trigger
          aria-label={label}
          className="flex h-full w-6 shrink-0 items-center justify-center"
          tabIndex={-1}
        >
          <ChevronsUpDown size={12} aria-hidden="true" className="text-ink-faint" />
        </Base.Trigger>
      </div>
      <Base.Portal container={popupRoot()}>
        <Base.Positioner sideOffset={4} align="start" className="z-40">
          <Base.Popup className="max-h-(--available-height) w-(--anchor-width) min-w-80 overflow-y-auto rounded-md border border-line bg-raised py-1 shadow-pop">
            <Base.List aria-label={label}>
              {(option: SelectOption) => <ComboItem key={option.value} option={option} />}
            </Base.List>
            {busy !== undefined && (
              <p
                role="status"
                className="appear-late flex items-center gap-1.5 px-2.5 py-1 text-sm text-ink-faint"
              >
                <LoaderCircle
                  size={12}
                  aria-hidden="true"
                  className="animate-spin motion-reduce:animate-none"
                />
                {busy}
              </p>
            )}
            {busy === undefined && footnote !== undefined && (
              <p className="px-2.5 py-1 text-sm text-ink-faint">{footnote}</p>
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function ComboItem({ option }: { option: SelectOption }) {
  return (
    <Base.Item
      value={option}
      className="flex h-7 items-center gap-2 px-2.5 outline-none data-highlighted:bg-accent-soft"
    >
      <span className={clsx('num min-w-0 truncate', option.struck && 'text-ink-soft line-through')}>
        {option.label}
      </span>
      {option.note && <span className="ml-auto shrink-0 pl-3 text-sm text-ink-faint">{option.note}</span>}
    </Base.Item>
  );
}
