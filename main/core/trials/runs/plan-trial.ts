import type { Contestant, TrialPlan } from '../../../../contract/trials.ts';
import type { WarningDetail } from '../../../../contract/warnings.ts';
import { checkBeforeSending } from '../../chat/preflight-checks.ts';
import { AppError } from '../../lib/app-error.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import type { FeatureFlags } from '../../registry/features/feature-flags.ts';
import type { KeyFinder } from '../../secrets/key-finder.ts';
import type { TrialSet } from '../sets/trial-set.ts';
import type { TrialContestant } from './trial-folder.ts';
import { promptHash, type PlannedUnit, type TrialRequests } from './trial-requests.ts';

export interface PlanParts {
  flags: FeatureFlags;
  keys: KeyFinder;
}

type Cost = TrialPlan['cost'];

export interface PlannedTrial {
  plan: TrialPlan;
  contestants: TrialContestant[];
}

/** The sum of two cost ranges; null if one is unknown. */
export const addRanges = (sum: Cost, more: Cost): Cost =>
  sum &&
  more && {
    min: sum.min + more.min,
    expected: sum.expected + more.expected,
    max: sum.max === null || more.max === null ? null : sum.max + more.max,
  };

/** A contestant's name in results: the preset's id, or `provider/model`. */
const contestantId = (ask: Contestant): string =>
  'preset' in ask ? ask.preset : `${ask.provider}/${ask.model}`;

function costOf({ shown, expectedUsd }: PlannedUnit, mock: boolean): Cost {
  if (mock) return { min: 0, expected: 0, max: 0 };
  const { cost } = shown.estimate;
  return cost && expectedUsd !== null ? { min: cost.min, expected: expectedUsd, max: cost.max } : null;
}

/** Why a call like this would not be sent; null if it would. */
function refusalOf({ flags, keys }: PlanParts, { plan, call }: PlannedUnit) {
  if (plan.resolved.provider.kind === 'stub') return null;
  try {
    checkBeforeSending(plan, call, flags, keys);
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: error.code, message: error.message };
  }
}

/**
 * Summarizes what a trial would send. Nothing is sent or written.
 * @throws AppError `invalid_request` for a set without units or a duplicate contestant, and the errors of a
 * plan
 */
export async function planTrial(
  parts: PlanParts,
  requests: TrialRequests,
  set: TrialSet,
  asks: readonly Contestant[],
  mock: boolean,
  context: RequestContext,
): Promise<PlannedTrial> {
  const ids = asks.map(contestantId);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw new AppError('invalid_request', `"${twice}" is named twice`);
  const { header, units } = set;
  if (!units.length) throw new AppError('invalid_request', `the set "${header.name}" has no units`);
  const contestants: TrialContestant[] = [];
  const plans: TrialPlan['contestants'] = [];
  for (const ask of asks) {
    const warnings = new Map<string, WarningDetail>();
    let cost: Cost = { min: 0, expected: 0, max: 0 };
    let tokens = 0;
    let first: PlannedUnit | undefined;
    for (const unit of units) {
      const planned = await requests.plan(unit, ask, context);
      first ??= planned;
      tokens += planned.shown.estimate.prompt_tokens;
      cost = addRanges(cost, costOf(planned, mock));
      for (const warning of planned.shown.warning_details) warnings.set(warning.message, warning);
    }
    if (!first) continue;
    const { provider, model } = first.shown;
    const id = contestantId(ask);
    const named = { id, label: id, provider, model };
    contestants.push({
      ...named,
      ask,
      has_schema: first.plan.schema !== undefined,
      first_sha256: first.plan.sha256,
    });
    plans.push({
      ...named,
      requests: units.length,
      prompt_tokens: tokens,
      cost,
      refusal: mock ? null : refusalOf(parts, first),
      warnings: [...warnings.keys()],
      warning_details: [...warnings.values()],
    });
  }
  const { name, title, module } = header;
  return {
    contestants,
    plan: {
      set: { name, title, module, units: units.length },
      units: units.length,
      requests: units.length * plans.length,
      contestants: plans,
      cost: plans.map((one) => one.cost).reduce(addRanges, { min: 0, expected: 0, max: 0 }),
      prompt_sha256: promptHash(requests.pack),
    },
  };
}
