import { FileText, Lock, Plus, TriangleAlert } from 'lucide-react';
import { useOperation } from '../../api/use-operation.ts';
import { promptPacksMessages } from '../../messages/prompt-packs-messages.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { ListRow } from '../../ui/list.tsx';
import { packDrafts } from './drafts/drafts.ts';
import { ImportButton } from '../../ui/import-review/import-button.tsx';
import { reviewImport } from './exchange/import-packs.ts';
import { selectNew, selectPack, useSelection } from './selection.ts';
import { Section } from '../../ui/section.tsx';

const t = promptPacksMessages.promptPacks;
const icon = { size: 13, 'aria-hidden': true, className: 'shrink-0 text-ink-faint' } as const;

/** The user's packs, and the built-in ones, which are read-only. */
export function PackList() {
  const { data: library } = useOperation('packs.library', {});
  const selection = useSelection(library);
  const drafts = packDrafts.useDrafts(({ byKey }) => byKey);
  const isOpen = (source: string, module: string) =>
    selection.kind === 'pack' && selection.source === source && selection.module === module;
  if (!library) return null;
  return (
    <>
      <Section
        look="list"
        title={t.mine}
        action={
          <span className="flex">
            <ImportButton onFile={(file) => void reviewImport(file)} />
            <IconButton icon={Plus} label={t.create} shortcut="create" onClick={selectNew} />
          </span>
        }
      >
        {library.mine.length === 0 && <p className="px-3 pb-1 text-sm text-ink-soft">{t.noneOfMine}</p>}
        {library.mine.map(({ module, summary }) => (
          <ListRow
            key={module}
            icon={
              summary ? (
                <FileText {...icon} />
              ) : (
                <TriangleAlert size={13} aria-hidden="true" className="shrink-0 text-bad" />
              )
            }
            label={summary?.title ?? module}
            note={summary ? (drafts[module] ? t.unsaved : undefined) : t.damaged}
            dot={drafts[module] !== undefined}
            selected={isOpen('user', module)}
            onClick={() => selectPack('user', module)}
          />
        ))}
      </Section>
      <Section look="list" title={t.builtIn}>
        {library.built_in.map(({ module, title, overridden }) => (
          <ListRow
            key={module}
            icon={<Lock {...icon} />}
            label={title}
            note={overridden ? t.replaced : undefined}
            selected={isOpen('built-in', module)}
            onClick={() => selectPack('built-in', module)}
          />
        ))}
      </Section>
    </>
  );
}
