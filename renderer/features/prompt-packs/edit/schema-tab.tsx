import type { PackProblem } from '../../../../contract/user-pack.ts';
import { messages } from '../../../messages.ts';
import { CodeEditor } from '../../../ui/code-editor/code-editor.tsx';
import { problemsOf } from './text-place.ts';
import type { PackEditor } from './use-pack-editor.ts';

const words = messages.promptPacks;
const file = 'output.schema.json';

/** What a reply has to fit. */
export function SchemaTab({ editor, problems }: { editor: PackEditor; problems: readonly PackProblem[] }) {
  const { work, readOnly } = editor;
  return (
    <section aria-label={words.schema} className="flex flex-col gap-1 p-3">
      <h2 className="flex items-baseline gap-2">
        <span className="font-medium">{words.schema}</span>
        <span className="num text-sm text-ink-faint">{file}</span>
      </h2>
      <CodeEditor
        label={words.schema}
        language="json"
        minLines={14}
        value={work.schema}
        readOnly={readOnly}
        problems={problemsOf(file, work.schema, problems)}
        onChange={(text) => editor.change({ ...work, schema: text })}
      />
      <p className="text-sm text-ink-faint">{words.schemaHelp}</p>
    </section>
  );
}
