import type { KeyboardEvent } from 'react';
import { useId, useState } from 'react';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { isComposing } from '../../../state/composing.ts';
import { clsx } from 'clsx';
import { sameValue } from '../../../state/drafts/same-value.ts';
import type { ParamRow } from './param-rows.ts';
import type { ReadValue } from './param-text.ts';
import { readValue, stepped, valueText } from './param-text.ts';

const t = modulesMessages.preset;

interface ParamValueProps {
  row: ParamRow;
  /** Why the contract rejects the value. */
  error?: string;
  onSet: (value: unknown) => void;
  /** Called when the field was emptied. */
  onClear: () => void;
}

/** The placeholder if the preset sets nothing: the inherited value, and its origin. */
function placeholderOf({ state, kind, inherited }: ParamRow): string {
  if (state === 'omit') return t.leftOut;
  if (!inherited) return t.notSent;
  return `${valueText(kind, inherited.value)} · ${t.inheritedFrom[inherited.from]}`;
}

/** The value of one parameter. Typing sets it, emptying it inherits again. */
export function ParamValue({ row, error, onSet, onClear }: ParamValueProps) {
  const { name, kind, state, value, step, min, max } = row;
  // The typed text is shown as long as it has the same value, or is not valid yet.
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null || typed.trim() === '' ? null : readValue(kind, typed);
  const keepsTyped = read !== null && (!read.ok || sameValue({ value: read.value }, { value }));
  const text = keepsTyped ? typed : state === 'set' ? valueText(kind, value) : '';
  const problem = problemOf(read) ?? (state === 'set' ? error : undefined);
  const describedBy = useId();
  const isNumber = kind === 'number' || kind === 'integer';
  const hasSlider =
    isNumber && state === 'set' && typeof value === 'number' && min !== undefined && max !== undefined;

  const type = (next: string) => {
    setTyped(next);
    if (next.trim() === '') return onClear();
    const now = readValue(kind, next);
    if (now.ok) onSet(now.value);
  };
  const stepByKey = (event: KeyboardEvent) => {
    const delta = { ArrowUp: step, ArrowDown: step && -step }[event.key];
    if (
      delta === undefined ||
      event.altKey ||
      isComposing(event) ||
      state !== 'set' ||
      typeof value !== 'number'
    )
      return;
    event.preventDefault();
    setTyped(null);
    onSet(stepped(value, delta, min, max));
  };
  return (
    <div className="min-w-0">
      <div className="flex items-center gap-2">
        <input
          aria-label={t.value(name)}
          aria-invalid={problem !== undefined || undefined}
          aria-describedby={problem === undefined ? undefined : describedBy}
          value={text ?? ''}
          title={titleOf(row)}
          placeholder={placeholderOf(row)}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => type(event.target.value)}
          onKeyDown={stepByKey}
          // Invalid text is replaced by the current value.
          onBlur={() => read?.ok === false && setTyped(null)}
          className={clsx(
            'num h-7 min-w-0 rounded-md border bg-raised px-2 text-ellipsis',
            isNumber && state === 'set' ? 'w-20' : 'w-full',
            problem === undefined ? 'border-line-strong' : 'border-bad',
          )}
        />
        {hasSlider && (
          <input
            type="range"
            aria-label={t.slide(name)}
            min={min}
            max={max}
            step={step}
            value={value as number}
            onChange={(event) => {
              setTyped(null);
              onSet(Number(event.target.value));
            }}
            className="h-7 min-w-16 flex-1 accent-accent"
          />
        )}
      </div>
      {problem !== undefined && (
        <p id={describedBy} className="pt-0.5 text-sm text-bad">
          {problem}
        </p>
      )}
    </div>
  );
}

/** The placeholder and the range, which a narrow pane truncates. */
function titleOf(row: ParamRow): string | undefined {
  const { state, min, max } = row;
  const range = min === undefined && max === undefined ? '' : t.range(min, max);
  const given = state === 'inherit' && !row.inherited ? t.notSentHelp : placeholderOf(row);
  return [state === 'set' ? '' : given, range].filter(Boolean).join('\n') || undefined;
}

function problemOf(read: ReadValue | null): string | undefined {
  return read === null || read.ok ? undefined : read.message;
}
