import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { ReactNode } from 'react';
import { clsx } from 'clsx';

interface SegmentsProps<T extends string> {
  label: string;
  options: readonly { value: T; label: ReactNode; title?: string }[];
  value: T;
  onChange: (value: T) => void;
  /** Class of the selected segment. */
  chosen?: (value: T) => string;
}

/** A choice between a few options, all visible. */
export function Segments<T extends string>({ label, options, value, onChange, chosen }: SegmentsProps<T>) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as T)}
      className="flex shrink-0 flex-wrap rounded-md border border-line-strong bg-panel p-px"
    >
      {options.map((option) => (
        <Radio.Root
          key={option.value}
          value={option.value}
          title={option.title}
          className={clsx(
            'flex h-5.5 items-center rounded-[5px] px-2 text-sm whitespace-nowrap transition-colors',
            option.value !== value && 'text-ink-soft hover:text-ink',
            option.value === value && (chosen?.(value) ?? 'bg-accent-soft text-accent-strong'),
          )}
        >
          {option.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
