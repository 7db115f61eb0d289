import { useDeferredValue, useMemo, useState } from 'react';
import type { ProjectView } from '../../../../contract/translation.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { BulkActions } from './bulk-actions.tsx';
import { FilterBar } from './filter-bar.tsx';
import { ReplaceBar } from './replace-bar.tsx';
import { isFiltered, queryOf, useFilter } from './review-filter.ts';
import { UnitTable } from './unit-table.tsx';
import { useUnitIndex } from './use-units.ts';

/** All lines of a project, to filter, correct and accept. */
export function ReviewTab({ view }: { view: ProjectView }) {
  const project = view.id;
  const filter = useFilter(project);
  const [replacing, setReplacing] = useState(false);
  // Typing has priority: the list is updated with lower priority.
  const settled = useDeferredValue(filter);
  const query = useMemo(() => queryOf(settled), [settled]);
  const { index, of, asked } = useUnitIndex(project, query);
  const filtered = isFiltered(filter);
  return (
    <>
      <FilterBar
        view={view}
        shown={index.total}
        replacing={replacing}
        onReplace={() => setReplacing(!replacing)}
      />
      {replacing && <ReplaceBar project={project} query={query} onClose={() => setReplacing(false)} />}
      <BulkActions view={view} query={query} filter={filter} shown={index.total} />
      {asked.isError && <QueryFailure error={asked.error.info} onRetry={() => void asked.refetch()} />}
      {asked.isPending && <p className="appear-late p-3 text-ink-faint">{t.place.loading}</p>}
      {asked.data && (
        <UnitTable
          key={project}
          project={project}
          listed={{ index, of }}
          filtered={filtered}
          running={view.run?.state === 'running'}
        />
      )}
    </>
  );
}
