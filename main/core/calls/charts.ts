import type { CallCharts } from '../../../contract/call-log.ts';
import { dayOf } from '../registry/lifecycle.ts';
import { median } from './spend.ts';

const dayMs = 86_400_000;

interface ChartRows {
  /** `day` is the number of days since 1970, as databases count them. */
  modules: readonly {
    day: number;
    module: string | null;
    usd: number;
    calls: number;
    prompt_tokens: number;
    cached_tokens: number;
  }[];
  times: readonly { at: number; provider: string | null; total_ms: number }[];
}

/** Converts database rows to chart data, in order of days. */
export function chartsOf(from: string, to: string, { modules, times }: ChartRows): CallCharts {
  const byDay = new Map<string, { day: string; provider: string; times: number[] }>();
  for (const { at, provider, total_ms } of times) {
    if (provider === null) continue;
    const day = dayOf(Number(at));
    const key = `${day} ${provider}`;
    const entry = byDay.get(key) ?? { day, provider, times: [] };
    entry.times.push(total_ms);
    byDay.set(key, entry);
  }
  return {
    from,
    to,
    modules: modules
      .map((row) => ({
        day: dayOf(Number(row.day) * dayMs),
        module: row.module,
        usd: Number(row.usd),
        calls: Number(row.calls),
        prompt_tokens: Number(row.prompt_tokens),
        cached_tokens: Number(row.cached_tokens),
      }))
      .toSorted((a, b) => (a.day < b.day ? -1 : 1)),
    latency: [...byDay]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { day, provider, times: all }]) => ({
        day,
        provider,
        median_ms: median(all) ?? 0,
        calls: all.length,
      })),
  };
}
