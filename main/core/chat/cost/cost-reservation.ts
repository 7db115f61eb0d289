import type { Cost } from '../../../../contract/chat.ts';
import type { Budget, Reservation } from '../../budget/budget.ts';
import type { UnknownReason } from '../../budget/ledger.ts';
import { AppError } from '../../lib/app-error.ts';
import type { Registry } from '../../registry/build-registry.ts';
import { priceOf, type Price } from '../../registry/prices/price-table.ts';
import { boundOf } from '../plan/bound.ts';
import type { Plan } from '../plan/plan.ts';

/** A plan's price before it is sent; the same for each attempt. */
export interface PlanPrice {
  /** Null for calls that are not billed, and for an unknown price that the user allows. */
  price: Price | null;
  /** USD that each attempt reserves; null if no reservation is needed. */
  bound: number | null;
}

/**
 * Computes what each attempt of a plan reserves. Calls that are not billed reserve nothing.
 * @param maxCostUsd the caller's own cap, reserved if the bound is unknown
 * @throws AppError `price_unknown`, `cost_unbounded` if a budget is set and the caller names no cap
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
    // Without a price there is no bound; the cost that the provider reports is charged.
    return { price, bound: maxCostUsd ?? 0 };
  }
  const { usd, unbounded } = boundOf(plan, price);
  if (!unbounded.length) return { price, bound: usd };
  // The known part of the cost is reserved even if it exceeds the cap.
  if (maxCostUsd !== undefined) return { price, bound: Math.max(maxCostUsd, usd) };
  if (budget.isLimited) throw costUnbounded(unbounded, usd);
  return { price, bound: usd };
}

const allowsUnknown = (plan: Plan) => plan.resolved.provider.settings['allow_unknown_price'] === true;

function priceUnknown(plan: Plan): AppError {
  const { provider } = plan.resolved;
  return new AppError(
    'price_unknown',
    `the price of ${plan.model.id} is unknown, so no budget can be enforced: set a cap with max_cost_usd, set the setting allow_unknown_price of ${provider.name} to true, or give the model a price in the registry`,
    { provider: provider.name, model: plan.model.id },
  );
}

function costUnbounded(reasons: readonly string[], known: number): AppError {
  return new AppError(
    'cost_unbounded',
    `the cost of this call has no upper bound (${reasons.join('; ')}), and a budget is set: remove these options, or set a cap with max_cost_usd`,
    { unbounded: reasons, known_usd: known },
  );
}

/** An attempt's final entry in the ledger. */
export interface AttemptCharge {
  charge: 'none' | 'settled' | 'unknown';
  cost: Cost | null;
}

/** The reservation for one attempt: made before the request is sent, closed exactly once. */
export class CostReservation {
  readonly #reservation: Reservation | null;

  constructor(reservation: Reservation | null) {
    this.#reservation = reservation;
  }

  /** USD reserved; 0 if nothing is reserved. */
  get bound(): number {
    return this.#reservation?.bound ?? 0;
  }

  /** For an attempt that the provider refused or that was never sent. */
  release(): AttemptCharge | null {
    if (!this.#reservation) return null;
    this.#reservation.release();
    return { charge: 'none', cost: null };
  }

  /** @param cost null if the price is unknown: then the whole reservation counts */
  settle(cost: Cost | null): AttemptCharge | null {
    if (!this.#reservation) return null;
    this.#reservation.settle(cost?.total ?? this.bound);
    return { charge: 'settled', cost };
  }

  /** For an attempt whose cost cannot be determined: the whole bound counts until it is settled. */
  markUnknown(reason: UnknownReason, providerRef: string | null): AttemptCharge | null {
    if (!this.#reservation) return null;
    this.#reservation.markUnknown(reason, providerRef);
    const cost: Cost = { total: this.bound, currency: 'USD', source: 'price_table', estimated: true };
    return { charge: 'unknown', cost };
  }
}

/**
 * Reserves the cost of one attempt of a plan.
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
