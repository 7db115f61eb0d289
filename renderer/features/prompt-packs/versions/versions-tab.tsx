import { useState } from 'react';
import type { PackForEditing } from '../../../../contract/user-pack.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { promptPacksMessages } from '../../../messages/prompt-packs-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { MergeView } from '../../../ui/code-editor/merge-view.tsx';
import { formatBytes, formatTimestamp } from '../../../ui/format.ts';
import { ListRow } from '../../../ui/list.tsx';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { Select } from '../../../ui/select.tsx';
import { workOf, type PackWork } from '../drafts/pack-draft.ts';
import type { PackEditor } from '../edit/use-pack-editor.ts';

const t = promptPacksMessages.promptPacks;

type Part = keyof typeof t.parts;
const parts = () => Object.entries(t.parts).map(([value, label]) => ({ value: value as Part, label }));

function textOf(work: PackWork, part: Part): string {
  const value = work[part];
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

interface VersionsTabProps {
  editor: PackEditor;
  versions: PackForEditing['versions'];
  onRestore: (content: PackWork, at: string) => void;
}

/** Earlier saved versions, each compared with the current pack. */
export function VersionsTab({ editor, versions, onRestore }: VersionsTabProps) {
  const [picked, pick] = useState<string | null>(null);
  if (versions.length === 0) return <p className="p-3 text-ink-soft">{t.noVersions}</p>;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <p className="px-3 pt-3 pb-1 text-sm text-ink-faint">{t.versionsHelp}</p>
      <div className="flex max-h-40 shrink-0 flex-col overflow-y-auto border-b border-line px-1.5 pb-2">
        {versions.map(({ id, at, bytes }) => (
          <ListRow
            key={id}
            label={formatTimestamp(at)}
            note={formatBytes(bytes)}
            selected={id === picked}
            onClick={() => pick(id)}
          />
        ))}
      </div>
      {picked === null ? (
        <p className="p-3 text-ink-soft">{t.pick}</p>
      ) : (
        <Version key={picked} id={picked} editor={editor} onRestore={onRestore} />
      )}
    </div>
  );
}

function Version({ id, editor, onRestore }: { id: string } & Omit<VersionsTabProps, 'versions'>) {
  const { module, work, dirty } = editor;
  const [part, setPart] = useState<Part>('template');
  const version = useOperation('packs.version', { module, id });
  if (version.isError)
    return <QueryFailure error={version.error.info} onRetry={() => void version.refetch()} />;
  if (!version.data) return null;
  const then = workOf(version.data.content);
  const at = formatTimestamp(version.data.at);
  const [before, after] = [textOf(then, part), textOf(work, part)];
  return (
    <section aria-label={t.versionOf(at)} className="flex min-h-0 flex-1 flex-col gap-2 p-3">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          label={t.versionPart}
          groups={[{ options: parts() }]}
          value={part}
          onChange={(next) => setPart(next as Part)}
        />
        <span className="flex-1" />
        <Button
          disabled={dirty}
          title={dirty ? t.restoreUnsaved : undefined}
          onClick={() => onRestore(then, at)}
        >
          {t.restore}
        </Button>
      </div>
      {before === after ? (
        <p className="text-ink-soft">{t.same}</p>
      ) : (
        <MergeView
          label={t.versionOf(at)}
          before={before}
          after={after}
          beforeLabel={at}
          afterLabel={t.now}
          language={part === 'system' || part === 'template' ? 'liquid' : 'json'}
        />
      )}
    </section>
  );
}
