import { useState } from 'react';
import type { OperationOutput } from '../../../../contract/operations/table.ts';
import type { RunView } from '../../../../contract/translation.ts';
import { errorText } from '../../../api/error-text.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { perLanguage } from '../../../i18n/per-language.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import type { Column } from '../../../ui/data-table/column.ts';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { formatCount, formatDuration, formatTimestamp, formatUsd } from '../../../ui/format.ts';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { openInspector } from '../../../state/inspector.ts';
import { ListRestart } from 'lucide-react';
import { pickGroup, useReview } from '../review/review-store.ts';
import { cacheText } from './run-figures.ts';
import { runReason } from './run-reason.ts';

type Group = OperationOutput<'translate.groups'>['groups'][number];

const durationText = ({ started_at: from, ended_at: to }: RunView) =>
  to === null ? '' : formatDuration(Date.parse(to) - Date.parse(from));

const runColumns = perLanguage((): readonly Column<RunView>[] => {
  const heads = t.run.columns;
  return [
    {
      id: 'started',
      header: heads.started,
      width: 122,
      mono: true,
      cell: (run) => formatTimestamp(run.started_at),
    },
    { id: 'kind', header: heads.kind, width: 76, cell: (run) => t.run.kinds[run.kind] },
    { id: 'state', header: heads.state, width: 88, cell: (run) => t.run.states[run.state] },
    {
      id: 'lines',
      header: heads.lines,
      width: 56,
      mono: true,
      align: 'end',
      cell: (run) => formatCount(run.units),
    },
    {
      id: 'requests',
      header: heads.requests,
      width: 76,
      mono: true,
      align: 'end',
      cell: (run) => formatCount(run.groups),
    },
    {
      id: 'spent',
      header: heads.spent,
      width: 84,
      mono: true,
      align: 'end',
      cell: (run) => formatUsd(run.spent_usd),
    },
    { id: 'took', header: heads.took, width: 76, mono: true, align: 'end', cell: durationText },
    {
      id: 'why',
      header: heads.why,
      width: 64,
      grow: 1,
      cell: (run) => runReason(run) ?? '',
      title: (run) => runReason(run) ?? undefined,
    },
  ];
});

const groupColumns = perLanguage((): readonly Column<Group>[] => {
  const heads = t.run.columns;
  return [
    {
      id: 'sent',
      header: heads.sent,
      width: 122,
      mono: true,
      cell: ({ sent_at }) => (sent_at === null ? '' : formatTimestamp(sent_at)),
    },
    {
      id: 'kind',
      header: heads.kind,
      width: 88,
      cell: ({ kind }) => t.run.kinds[kind as keyof typeof t.run.kinds] ?? kind,
    },
    { id: 'state', header: heads.state, width: 116, cell: ({ state }) => t.run.groupState[state] },
    {
      id: 'lines',
      header: heads.lines,
      width: 52,
      mono: true,
      align: 'end',
      cell: ({ units }) => formatCount(units),
    },
    {
      id: 'spent',
      header: heads.spent,
      width: 84,
      mono: true,
      align: 'end',
      cell: ({ cost_usd }) => formatUsd(cost_usd),
    },
    {
      id: 'model',
      header: heads.model,
      width: 210,
      grow: 1,
      mono: true,
      cell: ({ provider, model }) => `${provider} / ${model}`,
    },
    {
      id: 'why',
      header: heads.why,
      width: 72,
      grow: 1,
      cell: whyText,
      title: ({ message }) => message ?? undefined,
    },
  ];
});

/** Why a request failed: what its code means, and the provider's own words. */
const whyText = ({ code, message }: { code: string | null; message: string | null }) =>
  code === null ? (message ?? '') : errorText({ code, message: message ?? '' });

/** Every run of a project, and the requests of the selected one. */
export function RunsTab({ project }: { project: string }) {
  const { data, error, refetch } = useOperation('translate.runs', { project });
  const [picked, setPicked] = useState<string | null>(null);
  if (error) return <QueryFailure error={error.info} onRetry={() => void refetch()} />;
  if (!data) return <p className="appear-late p-3 text-ink-faint">{t.place.loading}</p>;
  const { runs } = data;
  const run = runs.find(({ id }) => id === picked) ?? runs[0];
  const columns = runColumns();
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {/* As high as its rows; the requests get the remaining height. */}
      <div
        className="max-h-2/5 shrink-0 border-b border-line"
        style={{ height: `${(runs.length === 0 ? emptyRows : runs.length + 1) * rowRem}rem` }}
      >
        <DataTable
          label={t.run.runs}
          data={runs}
          columns={columns}
          rowId={({ id }) => id}
          selectedId={run?.id ?? null}
          onOpen={({ id }) => setPicked(id)}
          empty={
            <div className="h-32">
              <EmptyState icon={ListRestart} title={t.run.none} />
            </div>
          }
        />
      </div>
      {run && <Groups project={project} run={run} />}
    </div>
  );
}

const shownGroups = 1000;
/** The height of a table row and of the header, in rem. */
const rowRem = 1.75;
/** The number of rows that are as high as the text of an empty table. */
const emptyRows = 6;

function Groups({ project, run }: { project: string; run: RunView }) {
  const { data, error, refetch } = useOperation('translate.groups', {
    project,
    run: run.id,
    limit: shownGroups,
  });
  const picked = useReview((state) => state.group);
  const columns = groupColumns();
  const cache = cacheText(run);
  const reason = runReason(run);
  if (error) return <QueryFailure error={error.info} onRetry={() => void refetch()} />;
  if (!data) return <p className="appear-late p-3 text-ink-faint">{t.place.loading}</p>;
  return (
    <section
      aria-label={t.run.groupsOf(formatTimestamp(run.started_at))}
      className="flex min-h-0 flex-1 flex-col"
    >
      {reason && (
        <p className="shrink-0 border-b border-line px-3 py-1.5 text-sm wrap-anywhere text-ink-soft">
          {reason}
        </p>
      )}
      {cache && (
        <p title={cache.help} className="num border-b border-line px-3 py-1.5 text-sm text-ink-soft">
          {cache.short}
        </p>
      )}
      <div className="min-h-0 flex-1">
        <DataTable
          label={t.run.groups}
          data={data.groups}
          columns={columns}
          rowId={({ id }) => id}
          selectedId={picked}
          onOpen={({ id }) => {
            pickGroup(id);
            openInspector();
          }}
          empty={<p className="p-3 text-ink-faint">{t.run.noGroups}</p>}
        />
      </div>
    </section>
  );
}
