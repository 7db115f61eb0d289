import { Switch as Base } from '@base-ui/react/switch';
import type { ReactNode } from 'react';

interface SwitchProps {
  /** The visible label and accessible name. */
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  title?: string;
}

/** A switch with immediate effect. */
export function Switch({ label, checked, onChange, disabled, title }: SwitchProps) {
  return (
    <label title={title} className="flex w-fit items-center gap-2">
      <Base.Root
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        className="flex h-4 w-7 shrink-0 rounded-full border border-line-strong bg-sunken p-px transition-colors data-checked:border-accent data-checked:bg-accent data-disabled:opacity-55"
      >
        <Base.Thumb className="size-3 rounded-full bg-ink-soft transition-transform data-checked:translate-x-3 data-checked:bg-on-accent" />
      </Base.Root>
      {label}
    </label>
  );
}
