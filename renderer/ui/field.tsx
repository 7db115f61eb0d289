import { Field as Base } from '@base-ui/react/field';
import type { ReactNode } from 'react';
import { clsx } from 'clsx';

export interface FieldProps {
  label: string;
  hint?: ReactNode;
  /** Shown instead of the hint. */
  error?: string;
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  placeholder?: string;
  mono?: boolean;
  required?: boolean;
  /** As wide as a number. */
  isNumber?: boolean;
  /** The value is shown, but set elsewhere; the hint says where. */
  readOnly?: boolean;
}

/** A labelled text input with a hint or an error. */
export function Field({
  label,
  hint,
  error,
  value,
  onChange,
  onBlur,
  placeholder,
  mono,
  required,
  isNumber,
  readOnly = false,
}: FieldProps) {
  return (
    <Base.Root invalid={error !== undefined} className="flex flex-col gap-1">
      <Base.Label className="text-sm text-ink-soft">{label}</Base.Label>
      <Base.Control
        value={value}
        required={required}
        readOnly={readOnly}
        spellCheck={false}
        autoComplete="off"
        placeholder={placeholder}
        onValueChange={(next) => onChange(String(next))}
        onBlur={onBlur}
        className={clsx(
          'h-7 rounded-md border px-2 data-invalid:border-bad',
          readOnly ? 'border-line bg-panel text-ink-soft' : 'border-line-strong bg-raised',
          (mono || isNumber) && 'num',
          isNumber && 'w-32',
        )}
      />
      {error !== undefined && (
        <Base.Error match className="text-sm text-bad">
          {error}
        </Base.Error>
      )}
      {error === undefined && hint && (
        <Base.Description className="text-sm text-ink-faint">{hint}</Base.Description>
      )}
    </Base.Root>
  );
}
