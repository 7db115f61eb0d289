import { Switch } from '@base-ui/react/switch';
import type { ReactNode } from 'react';

interface ToggleProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: ReactNode;
  /** Small text after the label. */
  note?: ReactNode;
  disabled?: boolean;
}

/** An on/off toggle with immediate effect. */
export function Toggle({ checked, onChange, label, note, disabled }: ToggleProps) {
  return (
    <label className="flex items-center gap-2">
      <Switch.Root
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        className="flex h-4 w-7 shrink-0 rounded-full border border-line-strong bg-sunken p-px transition-colors data-checked:border-accent data-checked:bg-accent"
      >
        <Switch.Thumb className="size-3 rounded-full bg-ink-soft transition-transform data-checked:translate-x-3 data-checked:bg-on-accent" />
      </Switch.Root>
      <span>{label}</span>
      {note && <span className="text-ink-faint">{note}</span>}
    </label>
  );
}
