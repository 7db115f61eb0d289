import type { RunView } from '../../../../contract/translation.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { formatCount, formatUsd } from '../../../ui/format.ts';

export interface RunFigures {
  /** Requests that are over. */
  done: number;
  all: number;
  /** Lines a second; null while too little is over to say. */
  rate: number | null;
  leftMs: number | null;
}

/** How far a run is and how fast, from what it has done so far. */
export function runFigures(run: RunView, now: number): RunFigures {
  const of = (state: string) => run.groups_by_state[state] ?? 0;
  const done = of('done') + of('failed') + of('unknown');
  // What a broken reply left is asked for in further requests.
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

/** The share of a run's prompts that came from the provider's cache, and what that saved; null where nobody tells. */
export function cacheText({ cache }: Pick<RunView, 'cache'>): { short: string; help: string } | null {
  if (!cache || cache.input_tokens === 0) return null;
  const { input_tokens: input, cached_tokens: cached, saved_usd: saved } = cache;
  const percent = String(Math.floor((100 * cached) / input));
  const help = t.run.cacheHelp(formatCount(cached), formatCount(input));
  if (saved === null || saved === 0) return { short: t.run.cached(percent), help };
  const amount = formatUsd(Math.abs(saved));
  return { short: saved > 0 ? t.run.cacheSaved(percent, amount) : t.run.cacheCost(percent, amount), help };
}
