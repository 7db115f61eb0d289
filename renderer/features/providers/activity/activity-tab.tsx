import { History } from 'lucide-react';
import { useMemo } from 'react';
import type { CallRecord } from '../../../../contract/call-log.ts';
import type { ProviderView } from '../../../../contract/provider.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { goTo } from '../../../state/view.ts';
import type { Column } from '../../../ui/data-table/column.ts';
import { callCostText, failureWord } from '../../../ui/call/call-outcome.ts';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { formatCount, formatDuration, formatTimestamp } from '../../../ui/format.ts';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { LatencyChart } from './latency-chart.tsx';
import { latencyFigures } from './latency-figures.ts';

const t = providersMessages.providers.calling;
const maxCalls = 200;

/** Without tokens if no call has any: the other columns need the width. */
const columnsFor = (isFree: boolean, hasTokens: boolean): readonly Column<CallRecord>[] =>
  columnsOf(isFree).filter(({ id }) => hasTokens || id !== 'tokens');

const columnsOf = (isFree: boolean): readonly Column<CallRecord>[] => [
  {
    id: 'time',
    header: () => t.time,
    width: 132,
    mono: true,
    sortBy: ({ at }) => at,
    largestFirst: true,
    title: ({ at }) => at,
    cell: ({ at }) => formatTimestamp(at),
  },
  {
    id: 'mode',
    header: () => t.mode,
    width: 56,
    sortBy: ({ mode }) => mode,
    cell: ({ mode }) => t.modes[mode],
  },
  {
    id: 'status',
    header: () => t.status,
    width: 132,
    grow: 1,
    title: ({ code, message }) => [code, message].filter(Boolean).join(': ') || undefined,
    sortBy: ({ status }) => status,
    cell: ({ ok, status, upstream_status: answered, code }) => (
      <span className={ok ? undefined : 'text-bad'}>
        {ok ? status : [answered ?? status, failureWord(code)].filter(Boolean).join(' ')}
      </span>
    ),
  },
  {
    id: 'model',
    header: () => t.model,
    width: 172,
    grow: 2,
    mono: true,
    sortBy: ({ model }) => model,
    cell: ({ model }) => model,
  },
  {
    id: 'tokens',
    header: () => t.tokens,
    width: 64,
    align: 'end',
    mono: true,
    largestFirst: true,
    sortBy: ({ usage }) => usage?.total_tokens ?? null,
    cell: ({ usage }) => (usage ? formatCount(usage.total_tokens) : ''),
  },
  {
    id: 'cost',
    header: () => t.cost,
    width: 72,
    align: 'end',
    mono: true,
    largestFirst: true,
    sortBy: ({ cost }) => cost?.total ?? null,
    cell: (call) => callCostText(call, isFree),
  },
  {
    id: 'took',
    header: () => t.took,
    width: 72,
    align: 'end',
    mono: true,
    largestFirst: true,
    sortBy: ({ timing }) => timing.total_ms,
    cell: ({ timing }) => formatDuration(timing.total_ms),
  },
];

/** The recent calls of a provider, and how long they took. */
export function ActivityTab({ provider: { name, kind } }: { provider: Pick<ProviderView, 'name' | 'kind'> }) {
  const page = useOperation('calls.list', { provider: name, limit: maxCalls });
  const isFree = kind === 'local' || kind === 'stub';
  const hasTokens = page.data?.calls.some(({ usage }) => usage) ?? false;
  const columns = useMemo(() => columnsFor(isFree, hasTokens), [isFree, hasTokens]);
  if (page.error) return <QueryFailure error={page.error.info} onRetry={() => void page.refetch()} />;
  if (!page.data) return null;
  const { calls, next } = page.data;
  if (calls.length === 0) return <EmptyState icon={History} title={t.none} />;
  const figures = latencyFigures(calls);
  const failed = calls.filter(({ ok }) => !ok).length;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <section
        aria-label={t.latency}
        className="flex shrink-0 flex-wrap gap-x-8 gap-y-2 border-b border-line p-3"
      >
        <Facts
          facts={[
            { label: t.calls, value: `${formatCount(calls.length)}${next === null ? '' : '+'}` },
            { label: t.failed, value: formatCount(failed) },
            { label: t.median, value: figures ? formatDuration(figures.median) : t.noLive },
            { label: t.p95, value: figures ? formatDuration(figures.p95) : t.noLive },
          ]}
        />
        {figures && <LatencyChart figures={figures} />}
      </section>
      <div className="min-h-0 flex-1">
        <DataTable
          label={t.lastCalls}
          data={calls}
          columns={columns}
          rowId={({ id }) => id}
          onOpen={({ id }) => goTo('history', id)}
        />
      </div>
    </div>
  );
}
