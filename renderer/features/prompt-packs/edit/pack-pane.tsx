import { useState } from 'react';
import type { PackForEditing } from '../../../../contract/user-pack.ts';
import { promptPacksMessages } from '../../../messages/prompt-packs-messages.ts';
import { useCommands } from '../../../state/commands.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { usePreviewTexts } from '../drafts/drafts.ts';
import { PreviewPane } from '../preview/preview-pane.tsx';
import { usePreview } from '../preview/use-preview.ts';
import { VersionsTab } from '../versions/versions-tab.tsx';
import { DetailsTab } from './details-tab.tsx';
import { PackHeader } from './pack-header.tsx';
import { previewValues, variablesOf } from './pack-variables.ts';
import { PromptTab } from './prompt-tab.tsx';
import { SchemaTab } from './schema-tab.tsx';
import { usePackActions } from './use-pack-actions.ts';
import { usePackEditor } from './use-pack-editor.ts';
import { VariablesTab } from './variables-tab.tsx';

const t = promptPacksMessages.promptPacks;
const none = {};

/** One pack: its parts on the left, the resulting request on the right. */
export function PackPane({ source, overridden }: { source: PackForEditing; overridden: boolean }) {
  const editor = usePackEditor(source);
  const { module, work } = editor;
  const typed = usePreviewTexts(({ byModule }) => byModule[module]) ?? none;
  const { preview, error, fresh } = usePreview(work, previewValues(variablesOf(work), typed));
  const actions = usePackActions(source, editor, preview, overridden);
  const [tab, setTab] = useState('prompt');
  useShortcut('save', actions.save, !editor.readOnly && !actions.busy);
  useCommands([
    {
      id: 'packs.run',
      label: t.run,
      group: t.group,
      unavailable: actions.cannotRun,
      run: actions.runOnBench,
    },
    { id: 'packs.export', label: t.exportFile, group: t.group, run: actions.exportFile },
  ]);
  const problems = preview?.problems ?? [];
  const parts = { editor, problems };
  const items = [
    { id: 'prompt', label: t.prompt, content: <PromptTab {...parts} /> },
    {
      id: 'variables',
      label: t.variables,
      count: variablesOf(work).length,
      content: <VariablesTab {...parts} uses={preview?.uses ?? []} />,
    },
    { id: 'schema', label: t.schema, content: <SchemaTab {...parts} composed={preview?.schema} /> },
    { id: 'details', label: t.details, content: <DetailsTab {...parts} /> },
    {
      id: 'versions',
      label: t.versions,
      count: source.versions.length,
      content: <VersionsTab editor={editor} versions={source.versions} onRestore={actions.restore} />,
    },
  ].filter(({ id }) => id !== 'versions' || !editor.readOnly);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PackHeader editor={editor} actions={actions} overridden={overridden} />
      {actions.error && (
        <div className="max-h-56 shrink-0 overflow-y-auto border-b border-line p-2">
          <ErrorCard error={actions.error} />
        </div>
      )}
      {editor.isOutdated && (
        <p role="status" className="flex items-center gap-2 border-b border-line bg-warn-soft px-4 py-1">
          <span className="flex-1">{t.overtaken}</span>
          <Button onClick={actions.discard}>{t.overtakenDiscard}</Button>
        </p>
      )}
      <div className="flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-[3] flex-col">
          <Tabs label={t.tabs} items={items} value={tab} onChange={setTab} />
        </div>
        <div className="min-w-0 flex-[2] border-l border-line bg-panel">
          <PreviewPane editor={editor} preview={preview} error={error} fresh={fresh} />
        </div>
      </div>
    </div>
  );
}
