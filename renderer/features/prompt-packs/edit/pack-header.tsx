import { Copy, CopyPlus, Download, FlaskConical, Lock, Save, Trash2, Undo2 } from 'lucide-react';
import { promptPacksMessages } from '../../../messages/prompt-packs-messages.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { selectCopy, selectPack } from '../selection.ts';
import type { PackActions } from './use-pack-actions.ts';
import type { PackEditor } from './use-pack-editor.ts';

const t = promptPacksMessages.promptPacks;

interface PackHeaderProps {
  editor: PackEditor;
  actions: PackActions;
  /** One of the user's packs is used instead. */
  overridden: boolean;
}

/** The name of a pack, whether it is in use, and its actions. */
export function PackHeader({ editor, actions, overridden }: PackHeaderProps) {
  const { module, work, readOnly, dirty } = editor;
  const title = typeof work.pack.title === 'string' && work.pack.title ? work.pack.title : module;
  return (
    <header className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b border-line py-1.5 pr-3 pl-4">
      <h1 className="min-w-0 truncate text-lg font-semibold">{title}</h1>
      {dirty && <Badge tone="accent">{t.unsaved}</Badge>}
      <Badge icon={readOnly ? Lock : undefined}>{readOnly ? t.readOnly : t.own}</Badge>
      <span className="num min-w-0 truncate text-sm text-ink-faint">
        {overridden ? t.notInUse(module) : t.inUse(module)}
      </span>
      <div className="ml-auto flex flex-wrap items-center gap-2">
        <Button
          disabled={actions.cannotRun !== undefined}
          title={actions.cannotRun ?? t.runHelp}
          onClick={actions.runOnBench}
        >
          <FlaskConical size={13} aria-hidden="true" />
          {t.run}
        </Button>
        <IconButton
          icon={Download}
          label={t.exportFile}
          disabled={actions.busy}
          onClick={actions.exportFile}
        />
        <IconButton
          icon={CopyPlus}
          label={t.copyFor}
          onClick={() => selectCopy(readOnly ? 'built-in' : 'user', module)}
        />
        {readOnly ? (
          <BuiltInActions module={module} actions={actions} overridden={overridden} />
        ) : (
          <OwnActions {...{ actions, dirty }} />
        )}
      </div>
    </header>
  );
}

function BuiltInActions({
  module,
  actions,
  overridden,
}: { module: string } & Omit<PackHeaderProps, 'editor'>) {
  if (overridden)
    return (
      <Button look="primary" onClick={() => selectPack('user', module)}>
        {t.openMine}
      </Button>
    );
  return (
    <Button look="primary" disabled={actions.busy} title={t.duplicateHelp} onClick={actions.duplicate}>
      <Copy size={13} aria-hidden="true" />
      {t.duplicate}
    </Button>
  );
}

function OwnActions({ actions, dirty }: { actions: PackActions; dirty: boolean }) {
  return (
    <>
      <IconButton icon={Trash2} label={t.remove} disabled={actions.busy} onClick={actions.remove} />
      <IconButton
        icon={Undo2}
        label={t.discard}
        disabled={!dirty}
        title={dirty ? undefined : t.nothingToSave}
        onClick={actions.discard}
      />
      <Button
        look="primary"
        disabled={actions.busy || actions.cannotSave !== undefined}
        title={actions.cannotSave}
        onClick={actions.save}
      >
        <Save size={13} aria-hidden="true" />
        {t.save}
      </Button>
    </>
  );
}
