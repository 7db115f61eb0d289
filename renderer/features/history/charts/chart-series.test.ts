import { expect, test } from 'vitest';
import type { CallCharts } from '../../../../contract/call-log.ts';
import { cachedSeries, latencySeries, spendSeries } from './chart-series.ts';

const row = (day: string, module: string | null, usd: number, prompt = 100, cached = 0) => ({
  day,
  module,
  usd,
  calls: 1,
  prompt_tokens: prompt,
  cached_tokens: cached,
});
const charts: CallCharts = {
  from: '2026-11-27',
  to: '2026-11-29',
  modules: [
    row('2026-11-27', 'translate', 0.2, 100, 40),
    row('2026-11-29', null, 1, 300, 60),
    row('2026-11-29', 'free', 0),
  ],
  latency: [
    { day: '2026-11-27', provider: 'a', median_ms: 500, calls: 1 },
    { day: '2026-11-29', provider: 'b', median_ms: 2500, calls: 9 },
  ],
};

test('spend is by day and module, the most expensive first, without free ones', () => {
  expect(spendSeries(charts, 'no module', 'others')).toEqual([
    { name: 'no module', values: [0, 0, 1] },
    { name: 'translate', values: [0.2, 0, 0] },
  ]);
});

test('beyond six modules the smallest are one series, and the total is unchanged', () => {
  const modules = Array.from({ length: 9 }, (_, i) => row('2026-11-28', `m${i}`, i + 1));
  const series = spendSeries({ ...charts, modules }, '-', 'others');
  expect(series.map(({ name }) => name)).toEqual(['m8', 'm7', 'm6', 'm5', 'm4', 'others']);
  expect(series.reduce((sum, { values }) => sum + (values[1] ?? 0), 0)).toBe(45);
});

test('a day without calls has no latency and no share, rather than 0', () => {
  expect(latencySeries(charts)).toEqual([
    { name: 'b', values: [null, null, 2.5] },
    { name: 'a', values: [0.5, null, null] },
  ]);
  expect(cachedSeries(charts, 'cached').values).toEqual([40, null, 15]);
});
