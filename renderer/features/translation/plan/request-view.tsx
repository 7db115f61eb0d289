import type { OperationInput } from '../../../../contract/operations/table.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { translationReviewMessages as reviewTexts } from '../../../messages/translation-review-messages.ts';
import { CallPlan } from '../../../ui/call/call-plan.tsx';
import { QueryFailure } from '../../../ui/query-failure.tsx';

/** The exact request of a group, in the same form as the Bench's inspector. */
export function RequestView({ of }: { of: OperationInput<'translate.request'> }) {
  const { data, error, refetch } = useOperation('translate.request', of);
  if (error) return <QueryFailure error={error.info} onRetry={() => void refetch()} />;
  if (!data) return <p className="appear-late p-3 text-ink-faint">{t.run.planning}</p>;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {data.identical !== null && (
        <p className={`border-b border-line px-3 py-1.5 text-sm ${data.identical ? 'text-ok' : 'text-warn'}`}>
          {data.identical ? reviewTexts.unit.identical : reviewTexts.unit.differs}
        </p>
      )}
      <CallPlan key={JSON.stringify(of)} answer={data.answer} reply={null} />
    </div>
  );
}
