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
  /** The name under which a text that is not valid yet is stored. */
  field: string;
  label: string;
  help: string;
  value: Record<string, unknown>;
  /** The file that main's problems refer to. */
  file: string;
  problems: readonly PackProblem[];
  minLines: number;
  put: (value: Record<string, unknown>) => PackWork;
}

function objectIn(text: string): Record<string, unknown> | null {
  const read = parseJson(text);
  const isObject = read.ok && typeof read.value === 'object' && !Array.isArray(read.value);
  return isObject ? (read.value as Record<string, unknown> | null) : null;
}

/** One part of a pack as JSON: what is no object yet stays in the editor, and out of the pack. */
export function JsonPart(props: JsonPartProps) {
  const { editor, field, label, help, value, file, problems, minLines, put } = props;
  // As it was laid out by hand, for as long as it says what the pack says.
  const [typed, setTyped] = useState('');
  const broken = editor.texts[field];
  const byHand = JSON.stringify(objectIn(typed)) === JSON.stringify(value);
  const text = broken ?? (byHand ? typed : JSON.stringify(value, null, 2));
  const change = (next: string) => {
    setTyped(next);
    const read = objectIn(next);
    if (read) editor.setText(field, null, put(read));
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
