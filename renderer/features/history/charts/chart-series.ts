import type { CallCharts } from '../../../../contract/call-log.ts';
import { daysBetween } from '../../../ui/chart/chart-scale.ts';

export interface ChartSeries {
  name: string;
  values: (number | null)[];
}

/** More lines cannot be told apart: the smallest are summed up as one. */
const maxSeries = 6;

function byName<T extends { day: string }>(
  days: readonly string[],
  rows: readonly T[],
  nameOf: (row: T) => string,
  valueOf: (row: T) => number,
  none: number | null,
): ChartSeries[] {
  const at = new Map(days.map((day, i) => [day, i]));
  const all = new Map<string, (number | null)[]>();
  for (const row of rows) {
    const index = at.get(row.day);
    if (index === undefined) continue;
    const values = all.get(nameOf(row)) ?? days.map(() => none);
    values[index] = (values[index] ?? 0) + valueOf(row);
    all.set(nameOf(row), values);
  }
  return [...all].map(([name, values]) => ({ name, values }));
}

const sum = ({ values }: ChartSeries) => values.reduce<number>((total, value) => total + (value ?? 0), 0);

/** The days of the charts, first and last included. */
export function chartDays({ from, to }: Pick<CallCharts, 'from' | 'to'>): string[] {
  return daysBetween(from, to);
}

/**
 * USD by day for each module, the most expensive first; at most six series, of which the last may be the sum
 * of the rest.
 */
export function spendSeries(charts: CallCharts, noModule: string, rest: string): ChartSeries[] {
  const days = chartDays(charts);
  const sorted = byName(
    days,
    charts.modules,
    ({ module }) => module ?? noModule,
    ({ usd }) => usd,
    0,
  )
    .filter((series) => sum(series) > 0)
    .toSorted((a, b) => sum(b) - sum(a));
  if (sorted.length <= maxSeries) return sorted;
  const small = sorted.slice(maxSeries - 1);
  const values = days.map((_, i) => small.reduce((total, series) => total + (series.values[i] ?? 0), 0));
  return [...sorted.slice(0, maxSeries - 1), { name: rest, values }];
}

/** Median seconds by day for each of the providers with the most calls; null on a day without calls. */
export function latencySeries(charts: CallCharts): ChartSeries[] {
  const counts = new Map<string, number>();
  for (const { provider, calls } of charts.latency) counts.set(provider, (counts.get(provider) ?? 0) + calls);
  return byName(
    chartDays(charts),
    charts.latency,
    ({ provider }) => provider,
    ({ median_ms: ms }) => ms / 1000,
    null,
  )
    .toSorted((a, b) => (counts.get(b.name) ?? 0) - (counts.get(a.name) ?? 0))
    .slice(0, maxSeries);
}

/** Percent of the prompt tokens that came from providers' caches, by day; null on a day without prompt tokens. */
export function cachedSeries(charts: CallCharts, name: string): ChartSeries {
  const days = chartDays(charts);
  const values = days.map((day) => {
    const rows = charts.modules.filter((row) => row.day === day);
    const prompt = rows.reduce((total, row) => total + row.prompt_tokens, 0);
    const cached = rows.reduce((total, row) => total + row.cached_tokens, 0);
    return prompt > 0 ? (cached / prompt) * 100 : null;
  });
  return { name, values };
}
