import { Checkbox } from '@base-ui/react/checkbox';
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

/** Selects an item for a later action. */
export function CheckBox({ label, checked, mixed = false, onChange, tabIndex }: CheckBoxProps) {
  return (
    <Checkbox.Root
      aria-label={label}
      tabIndex={tabIndex}
      checked={checked}
      indeterminate={mixed}
      onCheckedChange={onChange}
      className="flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-raised data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent"
    >
      <Checkbox.Indicator className="text-on-accent">
        {mixed ? <Minus size={12} aria-hidden="true" /> : <Check size={12} aria-hidden="true" />}
      </Checkbox.Indicator>
    </Checkbox.Root>
  );
}
