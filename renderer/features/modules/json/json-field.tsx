import { useMemo, useState } from 'react';
import { CodeEditor } from '../../../ui/code-editor/code-editor.tsx';
import { parseJson } from '../../../ui/code-editor/parse-json.ts';
import type { Problem } from '../../../ui/code-editor/problem.ts';
import { sameValue } from '../../../state/drafts/same-value.ts';

interface JsonFieldProps {
  label: string;
  value: unknown;
  /** The value as text, shown until something is typed. */
  pretty: string;
  /** Typed text that is not valid yet. */
  text: string | undefined;
  onText: (text: string | undefined) => void;
  onValue: (value: unknown) => void;
  /** The problems of a value. */
  check: (value: unknown) => Problem[];
  /** Problems that main found in the current value. */
  further?: readonly Problem[];
  /** Accepts an empty text as the value `undefined`. */
  mayBeEmpty?: boolean;
  minLines?: number;
  fill?: boolean;
}

const none: readonly Problem[] = [];

/** A value edited as JSON. Only valid text changes the value; invalid text stays as typed. */
export function JsonField(props: JsonFieldProps) {
  const {
    label,
    value,
    pretty,
    text,
    onText,
    onValue,
    check,
    mayBeEmpty,
    further = none,
    minLines,
    fill,
  } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const read = (source: string) => readText(source, check, mayBeEmpty);
  const shownText = typed !== null && sameValue({ value: read(typed).value }, { value }) ? typed : pretty;
  const own = useMemo(
    () => (text === undefined ? none : readText(text, check, mayBeEmpty).problems),
    [text, check, mayBeEmpty],
  );
  const change = (next: string) => {
    const { value: now, problems } = read(next);
    if (problems.length > 0) return onText(next);
    setTyped(next);
    onText(undefined);
    onValue(now);
  };
  return (
    <CodeEditor
      label={label}
      language="json"
      value={text ?? shownText}
      onChange={change}
      problems={own.length > 0 ? own : further}
      minLines={minLines}
      fill={fill}
    />
  );
}

function readText(
  text: string,
  check: JsonFieldProps['check'],
  mayBeEmpty?: boolean,
): { value: unknown; problems: readonly Problem[] } {
  if (mayBeEmpty && text.trim() === '') return { value: undefined, problems: none };
  const parsed = parseJson(text);
  if (!parsed.ok) return { value: undefined, problems: [parsed.problem] };
  return { value: parsed.value, problems: check(parsed.value) };
}
