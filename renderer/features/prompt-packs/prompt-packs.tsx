import { ScrollText } from 'lucide-react';
import type { PackSource } from '../../../contract/prompt-pack.ts';
import { savedDrafts, useSavedDrafts } from '../../api/saved-drafts.ts';
import { useOperation } from '../../api/use-operation.ts';
import { promptPacksMessages } from '../../messages/prompt-packs-messages.ts';
import { useCommands } from '../../state/commands.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { QueryFailure } from '../../ui/query-failure.tsx';
import { ImportReview } from '../../ui/import-review/import-review.tsx';
import { packDrafts, usePreviewTexts } from './drafts/drafts.ts';
import { readSavedDrafts } from './drafts/pack-draft.ts';
import { PackPane } from './edit/pack-pane.tsx';
import { applyImport, cancelImport, useImport } from './exchange/import-packs.ts';
import { NewPack } from './new-pack.tsx';
import { selectNew, selectPack, useSelection, type Library } from './selection.ts';

const t = promptPacksMessages.promptPacks;

const savedPackDrafts = savedDrafts({
  stores: [packDrafts.useDrafts, usePreviewTexts],
  restore({ packs }) {
    const saved = readSavedDrafts(packs);
    packDrafts.useDrafts.setState(({ byKey }) => ({ byKey: { ...saved.byModule, ...byKey } }));
    usePreviewTexts.setState(({ byModule }) => ({ byModule: { ...saved.values, ...byModule } }));
  },
  current: () => ({
    packs: { byModule: packDrafts.useDrafts.getState().byKey, values: usePreviewTexts.getState().byModule },
  }),
});

/** The fourth view: the prompt packs, and the requests that they produce. */
export function PromptPacks() {
  const library = useOperation('packs.library', {});
  const restored = useSavedDrafts(savedPackDrafts);
  const review = useImport((state) => state.review);
  useShortcut('create', selectNew);
  useCommands([{ id: 'packs.new', label: t.create, group: t.group, shortcut: 'create', run: selectNew }]);
  if (library.isError)
    return <QueryFailure error={library.error.info} onRetry={() => void library.refetch()} />;
  if (!library.data || !restored) return null;
  return review ? (
    <ImportReview review={review} onApply={() => void applyImport(review)} onCancel={cancelImport} />
  ) : (
    <Selected library={library.data} />
  );
}

function Selected({ library }: { library: Library }) {
  const selection = useSelection(library);
  if (selection.kind === 'new') {
    const { copyOf } = selection;
    return <NewPack key={JSON.stringify(copyOf)} library={library} copyOf={copyOf} />;
  }
  if (selection.kind === 'none') return null;
  const { source, module } = selection;
  const lines = source === 'user' ? library.mine : library.built_in;
  if (lines.some((line) => line.module === module))
    return <OnePack key={`${source} ${module}`} source={source} module={module} library={library} />;
  return (
    <EmptyState icon={ScrollText} title={t.gone(module)}>
      {library.built_in.some((pack) => pack.module === module) && (
        <Button onClick={() => selectPack('built-in', module)}>{t.openBuiltIn}</Button>
      )}
    </EmptyState>
  );
}

function OnePack({ source, module, library }: { source: PackSource; module: string; library: Library }) {
  const pack = useOperation('packs.source', { module, source });
  if (pack.isError) return <QueryFailure error={pack.error.info} onRetry={() => void pack.refetch()} />;
  if (!pack.data) return null;
  const overridden =
    source === 'built-in' && library.mine.some((own) => own.module === module && own.summary !== null);
  return <PackPane source={pack.data} overridden={overridden} />;
}
