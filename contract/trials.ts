import { z } from 'zod';
import { textDetail } from './coded-texts.ts';
import { warningFields } from './warnings.ts';

const interval = z.object({ low: z.number(), high: z.number() }).nullable();
const rate = z.object({
  passed: z.number(),
  total: z.number(),
  /** From 0 to 1; null if nothing was counted. */
  rate: z.number().nullable(),
  interval,
});
const price = z.object({ usd: z.number().nullable(), interval, known: z.number(), sent: z.number() });
const counts = z.record(z.string(), z.number());

/** Criteria for sorting a table of results. */
export const ranking = z.enum(['chrf', 'checks', 'schema', 'code', 'votes', 'price', 'latency']);
export type RankingName = z.infer<typeof ranking>;

/** A contestant in a trial: a preset of the set's module, or a model without a preset. */
export const contestant = z.union([
  z.strictObject({ preset: z.string().min(1) }),
  z.strictObject({ provider: z.string().min(1), model: z.string().min(1) }),
]);
export type Contestant = z.infer<typeof contestant>;

/** An entry in the list of sets. */
export const setLine = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  module: z.string(),
  licence: z.string(),
  source_language: z.string().nullable(),
  target_language: z.string().nullable(),
  /** null: a game is read only when its set is used. */
  units: z.number().nullable(),
  /** Units with references: only those have a chrF score. */
  references: z.number().nullable(),
  /**
   * `built-in` ships with the panel, `own` is a file below `data/trial-sets`, `game` is read from a game on
   * this machine.
   */
  source: z.enum(['built-in', 'own', 'game']),
});
export type SetLine = z.infer<typeof setLine>;

export const lineProblem = z.object({ line: z.number(), path: z.string(), message: z.string() });

/** USD; null if the price is unknown. `max` is the amount reserved; null if there is no bound. */
const cost = z.object({ min: z.number(), expected: z.number(), max: z.number().nullable() }).nullable();

export const contestantPlan = z.object({
  id: z.string(),
  label: z.string(),
  provider: z.string(),
  model: z.string(),
  requests: z.number(),
  prompt_tokens: z.number(),
  cost,
  /** Why nothing can be sent: a missing key, a disabled provider. */
  refusal: z.object({ code: z.string(), message: z.string() }).nullable(),
  ...warningFields,
});

/** What a trial would send and cost; nothing is sent. */
export const trialPlan = z.object({
  set: z.object({ name: z.string(), title: z.string(), module: z.string(), units: z.number() }),
  units: z.number(),
  requests: z.number(),
  contestants: z.array(contestantPlan),
  cost,
  /** SHA-256 of the current prompt pack. */
  prompt_sha256: z.string(),
});
export type TrialPlan = z.infer<typeof trialPlan>;

export const trialState = z.enum(['running', 'stopped', 'done']);

export const presetResultView = z.object({
  id: z.string(),
  label: z.string(),
  provider: z.string(),
  model: z.string(),
  rank: z.number().nullable(),
  tied: z.boolean(),
  units: z.number(),
  sent: z.number(),
  errors: counts,
  schema: rate,
  checks: rate,
  failed_checks: counts,
  chrf: z.object({ score: z.number(), interval, units: z.number() }).nullable(),
  code: rate,
  /** USD per 1,000 units, over those with a known price. */
  estimated: price,
  actual: price,
  /** Milliseconds. */
  latency: z.object({
    p50: z.number().nullable(),
    p50_interval: interval,
    p95: z.number().nullable(),
    p95_interval: interval,
    measured: z.number(),
  }),
  votes: z
    .object({
      wins: z.number(),
      ties: z.number(),
      losses: z.number(),
      rate: z.number(),
      interval,
    })
    .nullable(),
});
export type PresetResultView = z.infer<typeof presetResultView>;

/** A trial in the list. */
export const trialLine = z.object({
  id: z.string(),
  set: z.string(),
  set_title: z.string(),
  module: z.string(),
  state: trialState,
  mock: z.boolean(),
  contestants: z.array(
    z.object({ id: z.string(), label: z.string(), provider: z.string(), model: z.string() }),
  ),
  units: z.number(),
  started_at: z.string(),
  ended_at: z.string().nullable(),
  prompt_sha256: z.string(),
});
export type TrialLine = z.infer<typeof trialLine>;

export const voterLine = z.object({
  /** `person`, or the judge as `provider/model`. */
  voter: z.string(),
  votes: z.number(),
  spent_usd: z.number(),
  /** How often the left side won: far from a half, the votes reflect position more than quality. */
  left_share: z.number().nullable(),
});

export const trialView = trialLine.extend({
  /** Finished requests, and all requests. */
  finished: z.number(),
  requests: z.number(),
  /** Requests without a reply that may have been billed. */
  unknown: z.number(),
  /** Includes unknown costs at their bound. */
  spent_usd: z.number(),
  max_usd: z.number().nullable(),
  /** Why it stopped, in English, and as a code of `stop` in `coded-texts.ts`; older trials have no code. */
  reason: z.string().nullable(),
  reason_detail: textDetail.nullish(),
  ranked_by: ranking,
  voters: z.array(voterLine),
  /** The voter whose votes the results show; null if there are no votes. */
  voter: z.string().nullable(),
  /** Best first; empty while the trial runs. */
  results: z.array(presetResultView),
});
export type TrialView = z.infer<typeof trialView>;

/** Two anonymous replies to one unit. */
export const ballotView = z.object({
  ballot: z.string(),
  /** The source text, from the unit's variables. */
  source: z.string(),
  speaker: z.string().nullable(),
  context: z.string().nullable(),
  left: z.string(),
  right: z.string(),
});
export type BallotView = z.infer<typeof ballotView>;

export const judgePlan = z.object({
  provider: z.string(),
  model: z.string(),
  requests: z.number(),
  prompt_tokens: z.number(),
  cost,
});

/** A preset's rank in a trial. */
export const measuredRank = z.object({
  preset: z.string(),
  rank: z.number(),
  tied: z.boolean(),
  of: z.number(),
  set_title: z.string(),
  trial: z.string(),
  ranked_by: ranking,
  measured_at: z.string(),
});
export type MeasuredRank = z.infer<typeof measuredRank>;
