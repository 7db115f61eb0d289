import type { CallRecord } from '../../../../contract/call-log.ts';

export interface LatencyFigures {
  /** Milliseconds of each live call that was answered, oldest first. */
  times: readonly number[];
  median: number;
  p95: number;
}

/** The value that this share of sorted numbers does not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** How long a provider took to answer; null if no live call was answered. `calls` are newest first. */
export function latencyFigures(calls: readonly CallRecord[]): LatencyFigures | null {
  const times = calls
    .filter(({ mode, ok }) => mode === 'live' && ok)
    .map(({ timing }) => timing.upstream_ms ?? timing.total_ms)
    .toReversed();
  if (times.length === 0) return null;
  const sorted = times.toSorted((a, b) => a - b);
  return { times, median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
}
