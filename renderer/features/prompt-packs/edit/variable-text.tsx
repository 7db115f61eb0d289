import { useId } from 'react';
import { TextArea } from '../../../ui/text-area.tsx';

interface VariableTextProps {
  label: string;
  /** The variable's name. */
  name: string;
  text: string;
  mono?: boolean;
  hint?: string;
  error: string | undefined;
  onChange: (text: string) => void;
}

/** A variable's value or shape, as text. */
export function VariableText({ label, name, text, mono, hint, error, onChange }: VariableTextProps) {
  const belowId = useId();
  const below = error ?? hint;
  return (
    <div className="flex flex-col gap-1">
      <span aria-hidden="true" className="text-sm text-ink-soft">
        {label}
      </span>
      <TextArea
        aria-label={`${label}: ${name}`}
        aria-invalid={error !== undefined}
        aria-describedby={below === undefined ? undefined : belowId}
        className={mono ? 'num' : undefined}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
      {below !== undefined && (
        <span id={belowId} className={error === undefined ? 'text-sm text-ink-faint' : 'text-sm text-bad'}>
          {below}
        </span>
      )}
    </div>
  );
}
