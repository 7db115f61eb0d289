import type { Cost } from '../../../../contract/chat.ts';
import type { Budget, Reservation } from '../../budget/budget.ts';
import { AppError } from '../../lib/app-error.ts';
import type { Registry } from '../../registry/build-registry.ts';
import { priceOf, type Price } from '../../registry/prices/price-table.ts';
import { boundOf } from '../plan/bound.ts';
import type { Plan } from '../plan/plan.ts';

/** What is known of a plan's price before it is sent; the same for each of its attempts. */
export interface PlanPrice {
  /** Null for calls that leave no bill, and where the price is unknown and the user allows that. */
  price: Price | null;
  /** USD that each attempt reserves; null where nothing has to be reserved. */
  bound: number | null;
}

/**
 * What each attempt of a plan reserves. Calls that leave no bill reserve nothing.
 * @param maxCostUsd the caller's own cap, reserved where the bound is not known
 * @throws AppError `price_unknown`, `cost_unbounded` where a budget is set and no cap is named
 */
export async function pricePlan(
  registry: Registry,
  budget: Budget,
  plan: Plan,
  maxCostUsd: number | undefined,
  now: number,
): Promise<PlanPrice> {
  const { provider } = plan.resolved;
  if (provider.kind !== 'cloud') return { price: null, bound: null };
  const price = await priceOf(registry, provider, plan.model, now);
  if (!price) {
    if (budget.isLimited && maxCostUsd === undefined && !allowsUnknown(plan)) throw priceUnknown(plan);
    // Without a price nothing can be bounded; what the provider says it cost is counted.
    return { price, bound: maxCostUsd ?? 0 };
  }
  const { usd, unbounded } = boundOf(plan, price);
  if (!unbounded.length) return { price, bound: usd };
  // What is known to be possible is reserved all the same.
  if (maxCostUsd !== undefined) return { price, bound: Math.max(maxCostUsd, usd) };
  if (budget.isLimited) throw costUnbounded(unbounded, usd);
  return { price, bound: usd };
}

const allowsUnknown = (plan: Plan) => plan.resolved.provider.settings['allow_unknown_price'] === true;

function priceUnknown(plan: Plan): AppError {
  const { provider } = plan.resolved;
  return new AppError(
    'price_unknown',
    `the price of ${plan.model.id} is not known, so no budget can hold: name the most it may cost with max_cost_usd, set the setting allow_unknown_price of ${provider.name} to true, or give the model a price in the registry`,
    { provider: provider.name, model: plan.model.id },
  );
}

function costUnbounded(reasons: readonly string[], known: number): AppError {
  return new AppError(
    'cost_unbounded',
    `what this call can cost has no upper bound (${reasons.join('; ')}), and a budget is set: leave that out, or name the most it may cost with max_cost_usd`,
    { unbounded: reasons, known_usd: known },
  );
}

/** How an attempt stands in the ledger when it is over. */
export interface AttemptCharge {
  charge: 'none' | 'settled' | 'unknown';
  cost: Cost | null;
}

/** One attempt's money: reserved before it is sent, ended exactly once. */
export class CostReservation {
  readonly #reservation: Reservation | null;

  constructor(reservation: Reservation | null) {
    this.#reservation = reservation;
  }

  /** USD that are reserved; 0 where nothing is. */
  get bound(): number {
    return this.#reservation?.bound ?? 0;
  }

  /** The provider refused it, or nothing left this machine. */
  release(): AttemptCharge | null {
    if (!this.#reservation) return null;
    this.#reservation.release();
    return { charge: 'none', cost: null };
  }

  /** @param cost null where nobody knows the price: then all that was reserved counts */
  settle(cost: Cost | null): AttemptCharge | null {
    if (!this.#reservation) return null;
    this.#reservation.settle(cost?.total ?? this.bound);
    return { charge: 'settled', cost };
  }

  /** Nobody can tell what it came to: the whole bound counts until it is settled. */
  markUnknown(reason: string, providerRef: string | null): AttemptCharge | null {
    if (!this.#reservation) return null;
    this.#reservation.markUnknown(reason, providerRef);
    const cost: Cost = { total: this.bound, currency: 'USD', source: 'price_table', estimated: true };
    return { charge: 'unknown', cost };
  }
}

/**
 * Reserves one attempt of a plan.
 * @throws AppError `budget_exceeded`, `ledger_unavailable`
 */
export async function reserveAttempt(
  budget: Budget,
  plan: Plan,
  { bound }: PlanPrice,
  requestId: string,
): Promise<CostReservation> {
  if (bound === null) return new CostReservation(null);
  const { provider, module } = plan.resolved;
  const subject = {
    provider: provider.name,
    model: plan.model.id,
    module: module?.name ?? null,
    requestId,
  };
  return new CostReservation(await budget.reserve(bound, subject));
}
