import type { Cost, Usage } from '../../../../contract/chat.ts';
import type { Warning } from '../../../../contract/warnings.ts';
import { failedCall } from '../../budget/unknown-reason.ts';
import type { AppError } from '../../lib/app-error.ts';
import { TransportError } from '../../net/transport-error.ts';
import type { RateLimits } from '../../rate-limits/rate-limits.ts';
import { brokenUsage, checkedUsage, hidesOutput } from '../cost/checked-usage.ts';
import type { AttemptCharge, CostReservation, PlanPrice } from '../cost/cost-reservation.ts';
import { pricedCost } from '../cost/priced-cost.ts';
import type { Plan } from '../plan/plan.ts';
import { checkContent } from './empty-reply.ts';
import { noteRefusal } from './limit-turn.ts';
import type { OpenAttempt } from './open-attempt.ts';
import type { SendOutcome, SendResult } from './send-once.ts';

/** An attempt that received a complete reply. */
export interface AnsweredAttempt {
  outcome: SendOutcome;
  usage: Usage;
  cost: Cost | null;
  /** Warnings about the reply or its figures, for the user. */
  warnings: Warning[];
}

/** A sent attempt with its charge; an error that is no TransportError is not the provider's. */
export type EndedAttempt =
  | { ok: true; answered: AnsweredAttempt; charge: AttemptCharge | null }
  | { ok: false; error: TransportError | AppError; charge: AttemptCharge | null };

/** Reports the attempt's usage to the rate limits; a 429 uses them up. */
export function endTurn(limits: RateLimits, { plan, limited, turn }: OpenAttempt, ended: EndedAttempt): void {
  if (ended.ok) {
    const {
      prompt_tokens: prompt,
      completion_tokens: completion,
      cached_tokens: cached = 0,
    } = ended.answered.usage;
    turn?.settle({ prompt, completion, cached });
    return;
  }
  if (ended.error instanceof TransportError) noteRefusal(limits, { plan, limited, turn }, ended.error);
}

/** Closes the reservation according to the attempt's outcome. */
export async function endAttempt(
  plan: Plan,
  { price }: PlanPrice,
  reservation: CostReservation,
  sent: SendResult,
): Promise<EndedAttempt> {
  if (!sent.ok)
    return {
      ok: false,
      error: sent.error,
      charge: await chargeFailure(plan, price, reservation, sent),
    };
  const { usage, warnings } = await checkedUsage(plan, sent.outcome.result);
  const { costUsd } = sent.outcome.result;
  const priced = pricedCost(plan, price, reservation.bound, usage, costUsd, sent.outcome.result.usage);
  const charge = reservation.settle(priced.cost);
  const { result, empty, warnings: notes } = checkContent(plan, sent.outcome);
  if (empty) return { ok: false, error: empty, charge };
  const outcome = { ...sent.outcome, result };
  const all = [...warnings, ...priced.warnings, ...notes];
  return { ok: true, answered: { outcome, usage, cost: priced.cost, warnings: all }, charge };
}

async function chargeFailure(
  plan: Plan,
  price: PlanPrice['price'],
  reservation: CostReservation,
  { charge, partial, error }: Extract<SendResult, { ok: false }>,
): Promise<AttemptCharge | null> {
  if (charge === 'none') return reservation.release();
  if (charge === 'unknown' || !partial || hidesOutput(plan))
    return reservation.markUnknown(failedCall(error), partial?.providerRef ?? null);
  const usage = await brokenUsage(plan, partial);
  return reservation.settle(
    pricedCost(plan, price, reservation.bound, usage, partial.costUsd, partial.usage).cost,
  );
}
