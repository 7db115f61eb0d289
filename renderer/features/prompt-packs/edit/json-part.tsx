import { useState } from 'react';
import type { PackProblem } from '../../../../contract/user-pack.ts';
import { promptPacksMessages } from '../../../messages/prompt-packs-messages.ts';
import { CodeEditor } from '../../../ui/code-editor/code-editor.tsx';
import { parseJson } from '../../../ui/code-editor/parse-json.ts';
import type { PackWork } from '../drafts/pack-draft.ts';
import { problemsOf } from './text-place.ts';
import type { PackEditor } from './use-pack-editor.ts';

interface JsonPartProps {
  editor: PackEditor;
  /** The key under which invalid text is stored. */
  field: string;
  label: string;
  help: string;
  value: Record<string, unknown>;
  /** The file name in main's problems. */
  file: string;
  problems: readonly PackProblem[];
  minLines: number;
  withValue: (value: Record<string, unknown>) => PackWork;
}

function objectIn(text: string): Record<string, unknown> | null {
  const read = parseJson(text);
  const isObject = read.ok && typeof read.value === 'object' && !Array.isArray(read.value);
  return isObject ? (read.value as Record<string, unknown> | null) : null;
}

/** One part of a pack as JSON. Text that is not an object stays in the editor and does not change the pack. */
export function JsonPart(props: JsonPartProps) {
  const { editor, field, label, help, value, file, problems, minLines, withValue } = props;
  // The text in the user's own layout, used as long as it has the pack's value.
  const [typed, setTyped] = useState('');
  const broken = editor.texts[field];
  const typedMatches = JSON.stringify(objectIn(typed)) === JSON.stringify(value);
  const text = broken ?? (typedMatches ? typed : JSON.stringify(value, null, 2));
  const change = (next: string) => {
    setTyped(next);
    const read = objectIn(next);
    if (read) editor.setText(field, null, withValue(read));
    else editor.setText(field, next);
  };
  const parsed = parseJson(text);
  const local = parsed.ok ? [{ message: promptPacksMessages.promptPacks.notAnObject }] : [parsed.problem];
  return (
    <section aria-label={label} className="flex flex-col gap-1">
      <h2 className="font-medium">{label}</h2>
      <CodeEditor
        label={label}
        language="json"
        minLines={minLines}
        value={text}
        readOnly={editor.readOnly}
        problems={broken === undefined ? problemsOf(file, text, problems) : local}
        onChange={change}
      />
      <p className="text-sm text-ink-faint">{help}</p>
    </section>
  );
}
