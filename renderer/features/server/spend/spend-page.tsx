import { useState } from 'react';
import { useOperation } from '../../../api/use-operation.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { Page, PageBody } from '../../../ui/page.tsx';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { Select } from '../../../ui/select.tsx';
import { BudgetCard } from './budget-card.tsx';
import { Latency } from './latency.tsx';
import { UnknownSpendList } from './unknown-spend.tsx';
import { SpendByDay } from './spend-by-day.tsx';

const t = serverMessages.server.spend;
const ranges = () => [
  { options: [7, 30, 90, 366].map((days) => ({ value: String(days), label: t.range(days) })) },
];

/** What was spent, how much is left of the budget, and how long providers take. */
export function SpendPage() {
  const [days, setDays] = useState(30);
  const spend = useOperation('spend.get', { days });
  const failure = spend.error;
  return (
    <Page
      title={serverMessages.server.pages.spend}
      actions={
        <Select
          label={t.days}
          groups={ranges()}
          value={String(days)}
          onChange={(next) => setDays(Number(next))}
        />
      }
    >
      <PageBody columns>
        {failure && <QueryFailure error={failure.info} onRetry={() => void spend.refetch()} />}
        {spend.data && <BudgetCard budget={spend.data.budget} />}
        {spend.data && <UnknownSpendList calls={spend.data.unknown} />}
        {spend.data && <SpendByDay spend={spend.data} limit={spend.data.budget.daily} />}
        {spend.data && spend.data.providers.length > 0 && <Latency providers={spend.data.providers} />}
      </PageBody>
    </Page>
  );
}
