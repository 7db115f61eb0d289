import type { CallTotals, SpendView } from '../../../contract/call-log.ts';
import { dayOf } from '../registry/lifecycle.ts';
import type { CallRow, DayRow } from '../database/tables.ts';

/** Latencies of a provider's latest answered calls. */
export interface Latencies {
  provider: string;
  total: number[];
  firstToken: number[];
}

/** Counts live calls by day and provider, sorted so that two servers cannot deadlock. */
export function daysOf(rows: readonly CallRow[]): DayRow[] {
  const days = new Map<string, DayRow>();
  for (const row of rows) {
    if (row.mode !== 'live' || row.provider === null) continue;
    const day = dayOf(row.at);
    const key = `${day} ${row.provider}`;
    const sum = days.get(key) ?? { day, provider: row.provider, calls: 0, failed: 0, usd: 0 };
    sum.calls += 1;
    sum.failed += row.ok ? 0 : 1;
    sum.usd += row.cost ?? 0;
    days.set(key, sum);
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day);
}

/** Merges two lists of days. */
export function addDays(a: readonly DayRow[], b: readonly DayRow[]): DayRow[] {
  const all = new Map<string, DayRow>();
  for (const row of [...a, ...b]) {
    const key = `${row.day} ${row.provider}`;
    const before = all.get(key);
    all.set(
      key,
      before
        ? {
            ...row,
            calls: before.calls + row.calls,
            failed: before.failed + row.failed,
            usd: before.usd + row.usd,
          }
        : row,
    );
  }
  return [...all].sort(([x], [y]) => (x < y ? -1 : 1)).map(([, row]) => row);
}

const noTotals: CallTotals = {
  calls: 0,
  live: 0,
  failed: 0,
  total_tokens: 0,
  cached_tokens: 0,
  usd: 0,
  unpriced: 0,
};

/** The database's totals, if it could be read, plus those of calls still in memory. */
export function addTotals(found: CallTotals = noTotals, waiting: readonly CallRow[]): CallTotals {
  const sum = { ...found };
  for (const row of waiting) {
    const isLive = row.mode === 'live';
    sum.calls += 1;
    sum.live += isLive ? 1 : 0;
    sum.failed += row.ok === 0 && row.code !== 'cancelled' ? 1 : 0;
    sum.total_tokens += row.total_tokens ?? 0;
    sum.cached_tokens += row.cached_tokens ?? 0;
    sum.usd += isLive ? (row.cost ?? 0) : 0;
    sum.unpriced += isLive && row.ok === 1 && row.cost === null ? 1 : 0;
  }
  return sum;
}

export function median(values: number[]): number | null {
  if (!values.length) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Latencies of answered live calls among rows. */
export function latenciesOf(
  rows: readonly Pick<CallRow, 'provider' | 'total_ms' | 'first_token_ms' | 'mode' | 'ok'>[],
): Latencies[] {
  const all = new Map<string, Latencies>();
  for (const { provider, total_ms, first_token_ms, mode, ok } of rows) {
    if (provider === null || mode !== 'live' || !ok) continue;
    const of = all.get(provider) ?? { provider, total: [], firstToken: [] };
    of.total.push(total_ms);
    if (first_token_ms !== null) of.firstToken.push(first_token_ms);
    all.set(provider, of);
  }
  return [...all.values()];
}

/** Days and latencies as the view shows them. */
export function spendView(
  from: string,
  to: string,
  days: DayRow[],
  latencies: readonly Latencies[],
): SpendView {
  const names = [...new Set(days.map((day) => day.provider))].sort();
  const sum = (of: DayRow[], field: 'usd' | 'calls' | 'failed') =>
    of.reduce((total, day) => total + day[field], 0);
  const providers = names.map((provider) => {
    const own = days.filter((day) => day.provider === provider);
    const times = latencies.filter((l) => l.provider === provider);
    return {
      provider,
      usd: sum(own, 'usd'),
      calls: sum(own, 'calls'),
      failed: sum(own, 'failed'),
      median_ms: median(times.flatMap((l) => l.total)),
      median_first_token_ms: median(times.flatMap((l) => l.firstToken)),
    };
  });
  return { from, to, total_usd: sum(days, 'usd'), days, providers };
}
