import { chrfScore, sumChrfStatistics, type ChrfStatistics } from '../scores/chrf.ts';
import {
  bootstrapInterval,
  quantile,
  quantileIntervals,
  rateOf,
  type Interval,
  type Rate,
} from '../scores/intervals.ts';
import type { UnitOutcome } from './judge-unit.ts';
import { rankWithTies, type RankEntry, type Ranked } from '../scores/rank-with-ties.ts';
import type { WinRate } from '../scores/votes.ts';

/** US dollars per 1,000 units, from those with a known price. */
export interface PricePer1000 {
  usd: number | null;
  /** Bootstrap over those units. */
  interval: Interval | null;
  /** Units with a known price, and all that were sent. */
  known: number;
  sent: number;
}

/** A preset's results on a set. */
export interface PresetResult {
  presetId: string;
  label: string;
  provider: string;
  model: string;
  /** Units of the set; fewer were sent if the run was stopped. */
  units: number;
  sent: number;
  /** Calls that ended in an error, by code. */
  errors: Record<string, number>;
  /** null rates if the module has no schema. */
  schema: Rate;
  /** Units with no failed check. */
  checks: Rate;
  /** How often each check failed. */
  failedChecks: Record<string, number>;
  /** Corpus chrF from 0 to 100 over the units with references. */
  chrf: { score: number; interval: Interval | null; units: number } | null;
  /** Of the units with code in source or reply. */
  code: Rate;
  estimated: PricePer1000;
  actual: PricePer1000;
  /** Milliseconds. */
  latency: {
    p50: number | null;
    p50Interval: Interval | null;
    p95: number | null;
    p95Interval: Interval | null;
    measured: number;
  };
  /** null: there are no votes. */
  votes: WinRate | null;
}

export interface PresetRun {
  presetId: string;
  label: string;
  provider: string;
  model: string;
  /** Units of the set. */
  units: number;
  outcomes: readonly UnitOutcome[];
  votes?: WinRate | undefined;
}

function tally(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}

function pricePer1000(prices: readonly (number | null)[]): PricePer1000 {
  const known = prices.filter((price) => price !== null);
  const per1000 = (sample: readonly number[]) =>
    (sample.reduce((total, price) => total + price, 0) / sample.length) * 1000;
  return {
    usd: known.length ? per1000(known) : null,
    interval: bootstrapInterval(known, per1000),
    known: known.length,
    sent: prices.length,
  };
}

function passRate(values: readonly (boolean | null)[]): Rate {
  const counted = values.filter((value) => value !== null);
  return rateOf(counted.filter(Boolean).length, counted.length);
}

/** Summarizes a preset's outcomes. Rates are of the units sent, including failed calls. */
export function presetResult({ outcomes, votes, ...run }: PresetRun): PresetResult {
  const scored = outcomes.flatMap(({ chrf }) => (chrf ? [chrf] : []));
  const corpus = (sample: readonly ChrfStatistics[]) => chrfScore(sumChrfStatistics(sample));
  const latencies = outcomes.flatMap(({ latencyMs }) => (latencyMs === null ? [] : [latencyMs]));
  const [p50Interval = null, p95Interval = null] = quantileIntervals(latencies, [0.5, 0.95]);
  return {
    ...run,
    sent: outcomes.length,
    errors: tally(outcomes.flatMap(({ error }) => error ?? [])),
    schema: passRate(outcomes.map(({ schemaPassed }) => schemaPassed)),
    checks: passRate(outcomes.map(({ failedChecks }) => failedChecks.length === 0)),
    failedChecks: tally(outcomes.flatMap(({ failedChecks }) => failedChecks)),
    chrf: scored.length
      ? {
          score: corpus(scored),
          interval: bootstrapInterval(scored, corpus),
          units: scored.length,
        }
      : null,
    code: passRate(outcomes.map(({ codeKept }) => codeKept)),
    estimated: pricePer1000(outcomes.map(({ estimatedUsd }) => estimatedUsd)),
    actual: pricePer1000(outcomes.map(({ actualUsd }) => actualUsd)),
    latency: {
      p50: quantile(latencies, 0.5),
      p50Interval,
      p95: quantile(latencies, 0.95),
      p95Interval,
      measured: latencies.length,
    },
    votes: votes ?? null,
  };
}

export const rankings = ['chrf', 'checks', 'schema', 'code', 'votes', 'price', 'latency'] as const;
export type Ranking = (typeof rankings)[number];

function measured(result: PresetResult, by: Ranking): Omit<RankEntry, 'id'> {
  switch (by) {
    case 'chrf':
      return { value: result.chrf?.score ?? null, interval: result.chrf?.interval ?? null };
    case 'votes':
      return { value: result.votes?.rate ?? null, interval: result.votes?.interval ?? null };
    case 'price': {
      const { usd, interval } = result.actual.usd === null ? result.estimated : result.actual;
      return { value: usd, interval };
    }
    case 'latency':
      return { value: result.latency.p50, interval: result.latency.p50Interval };
    default:
      return { value: result[by].rate, interval: result[by].interval };
  }
}

/**
 * Ranks presets by one figure, best first, with ties if intervals overlap. A stopped run has no rank, because
 * it answered different units. Actual prices are used if any is known.
 */
export function rankPresets(results: readonly PresetResult[], by: Ranking): Ranked[] {
  const entries = results.map((result) => ({
    id: result.presetId,
    ...(result.sent < result.units ? { value: null, interval: null } : measured(result, by)),
  }));
  return rankWithTies(entries, by === 'price' || by === 'latency' ? 'lower' : 'higher');
}
