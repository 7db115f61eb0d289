import { lazy, Suspense, useState } from 'react';
import { useOperation } from '../../../api/use-operation.ts';
import { messages } from '../../../messages.ts';
import { historyMessages } from '../../../messages/history-messages.ts';
import { formatDuration, formatList, formatUsd } from '../../../ui/format.ts';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { Section } from '../../../ui/section.tsx';
import { Segments } from '../../../ui/segments.tsx';
import type { ChartSeries } from './chart-series.ts';
import { cachedSeries, chartDays, latencySeries, spendSeries } from './chart-series.ts';

const LineChart = lazy(() =>
  import('../../../ui/chart/line-chart.tsx').then((m) => ({ default: m.LineChart })),
);

const spans = ['7', '30', '90'] as const;
type Span = (typeof spans)[number];

/** Spend, latency and the cached share of the last days; each chart can also be read as a table. */
export function Charts() {
  const t = historyMessages.history.charts;
  const [span, setSpan] = useState<Span>('30');
  const charts = useOperation('calls.charts', { days: Number(span) });
  if (charts.error) return <QueryFailure error={charts.error.info} onRetry={() => void charts.refetch()} />;
  if (!charts.data) return null;
  const days = chartDays(charts.data);
  const empty = charts.data.modules.length === 0;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="flex max-w-240 flex-col gap-4 p-4">
        <div className="flex">
          <Segments<Span>
            label={t.days}
            options={spans.map((value) => ({ value, label: t.lastDays(Number(value)) }))}
            value={span}
            onChange={setSpan}
          />
        </div>
        {empty ? (
          <p className="text-ink-soft">{t.nothing}</p>
        ) : (
          <>
            <Chart
              title={t.spend}
              days={days}
              series={spendSeries(charts.data, t.noModule, t.others)}
              look="bars"
              format={formatUsd}
            />
            <Chart
              title={t.latency}
              days={days}
              series={latencySeries(charts.data)}
              look="lines"
              format={(seconds) => formatDuration(seconds * 1000)}
            />
            <Chart
              title={t.cached}
              days={days}
              series={[cachedSeries(charts.data, t.cachedShare)]}
              look="lines"
              format={(percent) => `${percent.toFixed(0)} %`}
            />
          </>
        )}
      </div>
    </div>
  );
}

interface ChartProps {
  title: string;
  days: readonly string[];
  series: readonly ChartSeries[];
  look: 'bars' | 'lines';
  format: (value: number) => string;
}

function Chart({ title, days, series, look, format }: ChartProps) {
  const t = historyMessages.history.charts;
  const names = formatList(series.map(({ name }) => name));
  return (
    <Section look="page" title={title}>
      {series.length === 0 ? (
        <p className="text-ink-faint">{t.nothingOf}</p>
      ) : (
        <>
          <Suspense fallback={<p className="appear-late text-ink-faint">{messages.ui.loading}</p>}>
            <LineChart
              label={t.summary(title, names)}
              days={days}
              series={series}
              look={look}
              format={format}
              dayLabel={t.day}
            />
          </Suspense>
          <details>
            <summary className="cursor-default text-sm text-ink-soft">{t.table}</summary>
            <Table title={title} days={days} series={series} format={format} />
          </details>
        </>
      )}
    </Section>
  );
}

function Table({ title, days, series, format }: Omit<ChartProps, 'look'>) {
  const t = historyMessages.history.charts;
  const rows = days
    .map((day, at) => ({ day, values: series.map(({ values }) => values[at] ?? null) }))
    .filter(({ values }) => values.some((value) => value !== null && value !== 0));
  return (
    <table aria-label={title} className="num w-full text-left">
      <thead>
        <tr className="border-b border-line text-sm text-ink-faint">
          <th className="h-7 pr-4 font-normal">{t.day}</th>
          {series.map(({ name }) => (
            <th key={name} className="pr-4 text-right font-normal">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.toReversed().map(({ day, values }) => (
          <tr key={day} className="border-b border-line">
            <th scope="row" className="h-7 font-normal">
              {day}
            </th>
            {values.map((value, at) => (
              <td key={series[at]?.name} className="pr-4 text-right">
                {value === null ? '–' : format(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
