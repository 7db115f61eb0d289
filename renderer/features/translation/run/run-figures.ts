import type { RunView } from '../../../../contract/translation.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { formatCount, formatUsd } from '../../../ui/format.ts';

export interface RunFigures {
  /** Requests that are over. */
  done: number;
  all: number;
  /** Lines per second; null if too few requests are over. */
  rate: number | null;
  leftMs: number | null;
}

/** The progress and the rate of a run, from what it has done so far. */
export function runFigures(run: RunView, now: number): RunFigures {
  const of = (state: string) => run.groups_by_state[state] ?? 0;
  const done = of('done') + of('failed') + of('unknown');
  // Lines missing from a broken reply are sent again in additional requests.
  const all = Math.max(run.groups, done + of('planned') + of('sent'));
  const ms = (run.ended_at === null ? now : Date.parse(run.ended_at)) - Date.parse(run.started_at);
  if (done === 0 || all === 0 || ms <= 0) return { done, all, rate: null, leftMs: null };
  const share = done / all;
  return {
    done,
    all,
    rate: (run.units * share * 1000) / ms,
    leftMs: share >= 1 ? 0 : (ms * (1 - share)) / share,
  };
}

/**
 * The share of a run's prompt tokens that came from the provider's cache, and what that saved; null if not
 * reported.
 */
export function cacheText({ cache }: Pick<RunView, 'cache'>): { short: string; help: string } | null {
  if (!cache || cache.input_tokens === 0) return null;
  const { input_tokens: input, cached_tokens: cached, saved_usd: saved } = cache;
  const percent = String(Math.floor((100 * cached) / input));
  const help = t.run.cacheHelp(formatCount(cached), formatCount(input));
  if (saved === null || saved === 0) return { short: t.run.cached(percent), help };
  const amount = formatUsd(Math.abs(saved));
  return { short: saved > 0 ? t.run.cacheSaved(percent, amount) : t.run.cacheCost(percent, amount), help };
}
