import { useMemo } from 'react';
import { ListChecks } from 'lucide-react';
import type { ProjectView, TranslationPlan } from '../../../../contract/translation.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { perLanguage } from '../../../i18n/per-language.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { openInspector } from '../../../state/inspector.ts';
import { costRange } from '../../../ui/call/cost-range.ts';
import type { Column } from '../../../ui/data-table/column.ts';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { WarningLines } from '../../../ui/call/warning-lines.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { formatBytes, formatCount, formatSeconds, formatUsd, sentenceGap } from '../../../ui/format.ts';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { usePlanned } from './planned-store.ts';

const shownGroups = 500;

type PlannedRow = Omit<TranslationPlan['first_groups'][number], 'body'> & { position: number };

const planColumns = perLanguage((): readonly Column<PlannedRow>[] => {
  const heads = t.plan.columns;
  return [
    {
      id: 'group',
      header: heads.group,
      width: 44,
      mono: true,
      cell: ({ position }) => formatCount(position + 1),
    },
    {
      id: 'from',
      header: heads.from,
      width: 120,
      grow: 1,
      mono: true,
      cell: ({ first }) => [first.file, first.scene].filter(Boolean).join(' · '),
    },
    {
      id: 'lines',
      header: heads.lines,
      width: 56,
      mono: true,
      align: 'end',
      cell: ({ lines }) => formatCount(lines),
    },
    {
      id: 'tokens',
      header: heads.tokens,
      width: 72,
      mono: true,
      align: 'end',
      cell: ({ prompt_tokens }) => formatCount(prompt_tokens),
    },
    {
      id: 'bytes',
      header: heads.bytes,
      width: 76,
      mono: true,
      align: 'end',
      cell: ({ bytes }) => formatBytes(bytes),
    },
    {
      id: 'price',
      header: heads.price,
      width: 164,
      mono: true,
      align: 'end',
      cell: costRange,
    },
  ];
});

/** The requests that a run would send. Nothing is sent here. */
export function PlanTab({ view }: { view: ProjectView }) {
  const imported = view.imported_at !== null;
  const plan = useOperation(
    'translate.plan',
    { project: view.id, show_groups: shownGroups },
    { enabled: imported },
  );
  if (!imported) return <EmptyState icon={ListChecks} title={t.plan.empty} />;
  if (plan.isError) return <QueryFailure error={plan.error.info} onRetry={() => void plan.refetch()} />;
  if (!plan.data) return <p className="appear-late p-3 text-ink-faint">{t.run.planning}</p>;
  return <Plan project={view.id} plan={plan.data} />;
}

function Plan({ project, plan }: { project: string; plan: TranslationPlan }) {
  const columns = planColumns();
  const picked = usePlanned((state) => (state.project === project ? state.position : null));
  const rows = useMemo(() => plan.first_groups.map((group, position) => ({ ...group, position })), [plan]);
  const range =
    plan.cost &&
    t.plan.priceRange(
      formatUsd(plan.cost.expected),
      plan.cost.max === null ? t.run.priceUnknown : formatUsd(plan.cost.max),
    );
  const optional = [
    { label: t.plan.repeats, count: plan.repeats },
    { label: t.plan.held, count: plan.held },
    { label: t.plan.offered, count: plan.offered },
  ].flatMap(({ label, count }) => (count > 0 ? [{ label, value: formatCount(count) }] : []));
  const open = ({ position }: PlannedRow) => {
    usePlanned.setState({ project, position });
    openInspector();
  };
  if (plan.groups === 0) return <EmptyState icon={ListChecks} title={t.run.nothing} />;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 flex-col gap-2 px-4 py-3">
        <Facts
          facts={[
            { label: t.plan.requests, value: formatCount(plan.groups) },
            { label: t.plan.lines, value: formatCount(plan.units) },
            ...optional,
            { label: t.plan.promptTokens, value: formatCount(plan.prompt_tokens) },
            { label: t.plan.replyTokens, value: formatCount(plan.completion_tokens) },
            { label: t.plan.bytes, value: formatBytes(plan.bytes) },
            { label: t.plan.price, value: plan.cost?.max === 0 ? t.run.free : (range ?? t.run.priceUnknown) },
            ...(plan.batch_cost ? [{ label: t.plan.batch, value: formatUsd(plan.batch_cost.expected) }] : []),
            {
              label: t.plan.time,
              value: plan.seconds === null ? t.plan.timeUnknown : formatSeconds(plan.seconds * 1000),
            },
          ]}
        />
        <p className="text-sm text-ink-soft">
          {t.plan.help}
          {plan.groups > rows.length &&
            sentenceGap() + t.plan.shown(formatCount(rows.length), formatCount(plan.groups))}
        </p>
        <WarningLines warnings={plan.warning_details} />
      </div>
      <div className="min-h-0 flex-1 border-t border-line">
        <DataTable
          label={t.plan.requests}
          data={rows}
          columns={columns}
          rowId={({ position }) => String(position)}
          selectedId={picked === null ? null : String(picked)}
          onOpen={open}
        />
      </div>
    </div>
  );
}
