import { BookX } from 'lucide-react';
import { useOperation } from '../../api/use-operation.ts';
import { translationMessages as t } from '../../messages/translation-messages.ts';
import { useCommands } from '../../state/commands.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { QueryFailure } from '../../ui/query-failure.tsx';
import { NewProject } from './new-project/new-project.tsx';
import { useDrop } from './new-project/use-drop.ts';
import { ProjectPane } from './project/project-pane.tsx';
import { selectNew, useSelection } from './selection.ts';

/** The view that translates whole games. A folder can be dropped anywhere in it. */
export function Translation() {
  const list = useOperation('translate.list', {});
  const selection = useSelection(list.data?.projects);
  const { over, handlers } = useDrop();
  useShortcut('create', selectNew);
  useCommands([
    { id: 'translate.new', label: t.create.title, group: t.place.group, shortcut: 'create', run: selectNew },
  ]);
  if (list.isError) return <QueryFailure error={list.error.info} onRetry={() => void list.refetch()} />;
  if (!list.data) return <p className="appear-late p-3 text-ink-faint">{t.place.loading}</p>;
  const known = selection.kind === 'project' && list.data.projects.some(({ id }) => id === selection.project);
  return (
    <div className="relative h-full" {...handlers}>
      {selection.kind === 'new' && <NewProject over={over} />}
      {selection.kind === 'project' && known && (
        <ProjectPane key={selection.project} project={selection.project} tab={selection.tab} />
      )}
      {selection.kind === 'project' && !known && (
        <EmptyState icon={BookX} title={t.place.gone}>
          <Button onClick={selectNew}>{t.list.create}</Button>
        </EmptyState>
      )}
      {over && selection.kind === 'project' && (
        <p className="pointer-events-none absolute inset-2 z-40 flex items-center justify-center rounded-md border border-dashed border-accent bg-accent-soft font-medium">
          {t.create.dropNow}
        </p>
      )}
    </div>
  );
}
