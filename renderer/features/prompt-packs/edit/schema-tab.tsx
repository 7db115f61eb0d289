import type { JsonSchema } from '../../../../contract/module-preset.ts';
import type { PackProblem } from '../../../../contract/user-pack.ts';
import { promptPacksMessages } from '../../../messages/prompt-packs-messages.ts';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { CodeEditor } from '../../../ui/code-editor/code-editor.tsx';
import { problemsOf } from './text-place.ts';
import type { PackEditor } from './use-pack-editor.ts';

const t = promptPacksMessages.promptPacks;
const file = 'output.schema.json';

interface SchemaTabProps {
  editor: PackEditor;
  problems: readonly PackProblem[];
  /** The combined schema from main; null for free text, undefined while unknown. */
  composed: JsonSchema | null | undefined;
}

/** The pack's additions to its module's schema, and the combined schema. */
export function SchemaTab({ editor, problems, composed }: SchemaTabProps) {
  const { work, readOnly } = editor;
  const found = problemsOf(file, work.schema, problems);
  return (
    <div className="flex flex-col gap-4 p-3">
      <section aria-label={t.schema} className="flex flex-col gap-1">
        <h2 className="flex items-baseline gap-2">
          <span className="font-medium">{t.schema}</span>
          <span className="num text-sm text-ink-faint">{file}</span>
        </h2>
        <CodeEditor
          label={t.schema}
          language="json"
          minLines={6}
          value={work.schema}
          readOnly={readOnly}
          problems={found}
          onChange={(text) => editor.change({ ...work, schema: text })}
        />
        <p className="text-sm text-ink-faint">{t.schemaHelp}</p>
      </section>
      {found.length === 0 && composed !== undefined && (
        <section aria-label={t.composed} className="flex flex-col gap-1">
          <h2 className="font-medium">{t.composed}</h2>
          {composed === null ? (
            <p className="text-ink-soft">{t.freeText}</p>
          ) : (
            <CodeBlock label={t.composed} language="json" text={JSON.stringify(composed, null, 2)} />
          )}
          <p className="text-sm text-ink-faint">{t.composedHelp}</p>
        </section>
      )}
    </div>
  );
}
