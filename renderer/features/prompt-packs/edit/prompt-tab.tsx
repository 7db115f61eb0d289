import type { PackProblem } from '../../../../contract/user-pack.ts';
import { promptPacksMessages } from '../../../messages/prompt-packs-messages.ts';
import { CodeEditor } from '../../../ui/code-editor/code-editor.tsx';
import { problemsOf } from './text-place.ts';
import type { PackEditor } from './use-pack-editor.ts';

const t = promptPacksMessages.promptPacks;

interface PromptTabProps {
  editor: PackEditor;
  problems: readonly PackProblem[];
}

const parts = () =>
  [
    { field: 'system', file: 'system.md', label: t.system, help: t.systemHelp },
    { field: 'template', file: 'template.md', label: t.template, help: t.templateHelp },
  ] as const;

/** The two templates of a pack. */
export function PromptTab({ editor, problems }: PromptTabProps) {
  const { work, readOnly } = editor;
  return (
    <div className="flex flex-col gap-3 p-3">
      {parts().map(({ field, file, label, help }) => (
        <section key={field} aria-label={label} className="flex flex-col gap-1">
          <h2 className="flex items-baseline gap-2">
            <span className="font-medium">{label}</span>
            <span className="num text-sm text-ink-faint">{file}</span>
          </h2>
          <CodeEditor
            label={label}
            language="liquid"
            minLines={field === 'system' ? 8 : 5}
            value={work[field]}
            readOnly={readOnly}
            problems={problemsOf(file, work[field], problems)}
            onChange={(text) => editor.change({ ...work, [field]: text })}
          />
          <p className="text-sm text-ink-faint">{help}</p>
        </section>
      ))}
    </div>
  );
}
