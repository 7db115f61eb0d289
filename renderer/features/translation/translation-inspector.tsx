import { Telescope } from 'lucide-react';
import { useOperation } from '../../api/use-operation.ts';
import { translationMessages as t } from '../../messages/translation-messages.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { usePlanned } from './plan/planned-store.ts';
import { RequestView } from './plan/request-view.tsx';
import { UnitInspector } from './review/unit-inspector.tsx';
import { useReview } from './review/review-store.ts';
import { useSelection } from './selection.ts';

/** The details of the selected row: a line of the review, or a request of a plan or run. */
export function TranslationInspector() {
  const { data } = useOperation('translate.list', {});
  const selection = useSelection(data?.projects);
  const planned = usePlanned();
  const group = useReview((state) => state.group);
  if (selection.kind === 'new' || selection.tab === 'review') return <UnitInspector />;
  const { project, tab } = selection;
  if (tab === 'plan' && planned.project === project && planned.position !== null)
    return <RequestView of={{ project, position: planned.position }} />;
  if (tab === 'runs' && group !== null) return <RequestView key={group} of={{ project, group }} />;
  if (tab === 'plan' || tab === 'runs')
    return (
      <EmptyState icon={Telescope} title={t.plan.inspectorEmpty}>
        {t.plan.inspectorEmptyHelp}
      </EmptyState>
    );
  return <UnitInspector />;
}
