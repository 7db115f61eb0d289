import { z } from 'zod';
import { fieldRules } from '../field-rules.ts';
import { textDetail } from '../coded-texts.ts';
import {
  ballotView,
  contestant,
  judgePlan,
  lineProblem,
  measuredRank,
  ranking,
  setLine,
  trialLine,
  trialPlan,
  trialView,
} from '../trials.ts';
import { operation } from './define.ts';

const which = { trial: z.string() };
const maxUsd = z.number().nonnegative().optional();
const setName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, fieldRules.small_with_hyphen);
const touched = ['trials.list', 'trials.get', 'trials.ranks', 'trials.ballot'];
const sets = ['trials.sets'];

/** Which set and presets to compare. */
const order = {
  set: z.string(),
  contestants: z.array(contestant).min(1).max(20),
  /** Size of a random sample, the same for every preset; all units if absent. */
  sample: z.number().int().min(1).max(100_000).optional(),
  /** Offline: the stub answers instead of every provider. Such a trial measures nothing. */
  mock: z.boolean().optional(),
};

const judge = {
  ...which,
  provider: z.string(),
  model: z.string(),
  /** Number of units on which each pair of contestants is compared. */
  per_pair: z.number().int().min(1).max(10_000).default(20),
};

const savedSet = z.object({
  set: setLine,
  /** Lines that were skipped, with the reason. */
  problems: z.array(lineProblem),
  repeated: z.number(),
});

export const trialOperations = {
  'trials.sets': operation(
    'query',
    z.strictObject({ module: z.string().optional() }),
    z.object({
      sets: z.array(setLine),
      warnings: z.array(z.string()),
      /** The same by `set_warning` in `coded-texts.ts`. */
      warning_details: z.array(textDetail).optional(),
    }),
  ),
  /** Imports JSON lines as the user's own set: with our header for any module, without it for `translate`. */
  'trials.importSet': operation(
    'command',
    z.strictObject({
      name: setName,
      title: z.string().min(1).max(200).optional(),
      licence: z.string().min(1).max(200).optional(),
      source_language: z.string().min(2).max(35).optional(),
      target_language: z.string().min(2).max(35).optional(),
      text: z.string().max(20_000_000),
      /** Imports valid lines even if others have problems. */
      skip_problems: z.boolean().optional(),
    }),
    savedSet,
    sets,
  ),
  /** The reviewed units of a translation project as a set. */
  'trials.fromProject': operation(
    'command',
    z.strictObject({
      name: setName,
      title: z.string().min(1).max(200).optional(),
      project: z.string(),
      /** Includes translations that came with the game. */
      from_files: z.boolean().optional(),
    }),
    savedSet,
    sets,
  ),
  'trials.removeSet': operation('command', z.strictObject({ name: setName }), z.object({}), sets),
  'trials.plan': operation('query', z.strictObject(order), trialPlan),
  'trials.start': operation(
    'command',
    z.strictObject({
      ...order,
      max_usd: maxUsd,
      concurrency: z.number().int().min(1).max(32).default(4),
      /** Answers only when the trial is over. */
      wait: z.boolean().optional(),
    }),
    z.object({ trial: trialView }),
    touched,
  ),
  /** Continues a stopped trial. Answered units are not sent again. */
  'trials.resume': operation(
    'command',
    z.strictObject({
      ...which,
      max_usd: maxUsd,
      concurrency: z.number().int().min(1).max(32).default(4),
      /** Sends units again that may have been billed before. */
      retry_unknown: z.boolean().optional(),
      wait: z.boolean().optional(),
    }),
    z.object({ trial: trialView }),
    touched,
  ),
  /** Starts no further request; with `give_up` those in progress are aborted, and may have been billed. */
  'trials.cancel': operation(
    'command',
    z.strictObject({ ...which, give_up: z.boolean().optional() }),
    z.object({ trial: trialView }),
    touched,
  ),
  'trials.list': operation('query', z.strictObject({}), z.object({ trials: z.array(trialLine) })),
  'trials.get': operation(
    'query',
    z.strictObject({ ...which, ranked_by: ranking.optional(), voter: z.string().optional() }),
    z.object({ trial: trialView }),
  ),
  'trials.remove': operation('command', z.strictObject(which), z.object({}), touched),
  /** The next pair without a user's vote; null if there is none. */
  'trials.ballot': operation(
    'query',
    z.strictObject({ ...which, per_pair: judge.per_pair }),
    z.object({ ballot: ballotView.nullable(), done: z.number(), total: z.number() }),
  ),
  'trials.vote': operation(
    'command',
    z.strictObject({ ...which, ballot: z.string(), choice: z.enum(['left', 'right', 'tie']) }),
    z.object({}),
    touched,
  ),
  /** The cost of a model's votes; nothing is sent. */
  'trials.judgePlan': operation('query', z.strictObject(judge), judgePlan),
  /** Votes by a model: it sees each pair twice, with the sides swapped. */
  'trials.judge': operation(
    'command',
    z.strictObject({ ...judge, max_usd: maxUsd }),
    z.object({
      voted: z.number(),
      failed: z.number(),
      spent_usd: z.number(),
      /** As in a trial. */
      reason: z.string().nullable(),
      reason_detail: textDetail.nullish(),
    }),
    touched,
  ),
  'trials.export': operation(
    'query',
    z.strictObject({
      ...which,
      as: z.enum(['markdown', 'csv']).default('markdown'),
      ranked_by: ranking.optional(),
      voter: z.string().optional(),
    }),
    z.object({ text: z.string(), file_name: z.string() }),
  ),
  /** The latest measured rank of each preset of a module, as long as it still names the measured model. */
  'trials.ranks': operation(
    'query',
    z.strictObject({ module: z.string() }),
    z.object({ ranks: z.array(measuredRank) }),
  ),
};
