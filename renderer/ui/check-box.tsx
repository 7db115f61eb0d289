import { Check, Minus } from 'lucide-react';

interface CheckBoxProps {
  /** Its accessible name; the visible label may be longer. */
  label: string;
  checked: boolean;
  /** Some, but not all, of its items are selected. */
  mixed?: boolean;
  onChange: (checked: boolean) => void;
  /** -1 if the surrounding row has a shortcut for it. */
  tabIndex?: number;
}

/** Selects an item for a later action. The browser's own control: a list with a library's is slow to scroll. */
export function CheckBox({ label, checked, mixed = false, onChange, tabIndex }: CheckBoxProps) {
  const Mark = mixed ? Minus : Check;
  return (
    <span className="relative flex size-4 shrink-0">
      <input
        type="checkbox"
        aria-label={label}
        tabIndex={tabIndex}
        checked={checked}
        ref={(box) => {
          if (box) box.indeterminate = mixed;
        }}
        onChange={(event) => onChange(event.target.checked)}
        className="size-full appearance-none rounded-sm border border-line-strong bg-raised checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent"
      />
      {(checked || mixed) && (
        <Mark
          size={12}
          aria-hidden="true"
          className="pointer-events-none absolute inset-0 m-auto text-on-accent"
        />
      )}
    </span>
  );
}
