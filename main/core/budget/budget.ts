import type { BudgetView, UnknownSpend } from '../../../contract/call-log.ts';
import { AppError } from '../lib/app-error.ts';
import { dayOf } from '../registry/lifecycle.ts';
import {
  LedgerUnavailable,
  nanoUsd,
  usdOf,
  type DayTotal,
  type Ledger,
  type ReservationSubject,
} from './ledger.ts';
import type { UnknownReason } from './ledger.ts';
import { limitVariables, type Limits } from './limits.ts';

const money = (value: number) => `$${value.toFixed(value < 0.01 ? 5 : 2)}`;

const shown = (limit: number) => (Number.isFinite(limit) ? limit : null);

/** Ledger entries of unknown cost shown at once. */
const maxUnknownShown = 200;

/** Tells the user which limit to change, and where. */
function raise(limits: Limits, which: 'daily' | 'call'): string {
  const variable = limitVariables[which];
  if (limits.source[which] === 'environment') return `raise ${variable}`;
  return `raise the ${which === 'daily' ? 'daily' : 'call'} budget in the panel's settings, or set ${variable}`;
}

/**
 * The cost of one attempt, reserved before it is sent. Only the first of settle, release and markUnknown
 * counts.
 */
export interface Reservation {
  /** USD reserved: the attempt's bound. */
  readonly bound: number;
  /** @param usd the attempt's cost; the bound counts if this is not a valid amount (negative, NaN) */
  settle(usd: number): void;
  /** For an attempt that was not sent or that the provider refused: it costs nothing. */
  release(): void;
  /** For an attempt whose cost cannot be determined: the bound stays in the day's total. */
  markUnknown(reason: UnknownReason, providerRef?: string | null): void;
}

/** The maximum cost of a batch. */
export interface BatchReservation {
  /** The entry's id in the ledger. */
  id: string;
  /** The maximum cost in USD of each request. */
  bounds: readonly number[];
  subject: ReservationSubject;
  /** The user has confirmed the total, so the limits do not apply. */
  confirmed: boolean;
  /** Milliseconds after which a batch counts as unknown unless it is renewed. */
  lastsMs: number;
}

/**
 * Refuses calls that would exceed a limit, before they are sent. Each call reserves its cost first, so
 * parallel calls cannot exceed the limit together.
 */
export class Budget {
  readonly #ledger: Ledger;
  readonly #limits: () => Limits;
  readonly #now: () => number;

  constructor(ledger: Ledger, limits: () => Limits, now: () => number) {
    this.#ledger = ledger;
    this.#limits = limits;
    this.#now = now;
  }

  /** The current limits; they can change at any time. */
  get limits(): Limits {
    return this.#limits();
  }

  /** True while either limit is set. */
  get isLimited(): boolean {
    const { daily, call } = this.#limits();
    return Number.isFinite(daily) || Number.isFinite(call);
  }

  /** The limits and what remains of them. Never throws: if the ledger is unavailable the figures are null. */
  async view(): Promise<BudgetView> {
    const { daily, call, source, problems, problem_details } = this.#limits();
    const limits = { daily: shown(daily), call: shown(call), source, problems, problem_details };
    try {
      const total = await this.#ledger.today(dayOf(this.#now()));
      return { ...limits, ...figures(total), ledger: 'available', ledger_problem: null };
    } catch (error) {
      if (!(error instanceof LedgerUnavailable)) throw error;
      const none = { spent_today: null, unknown_today: null, reserved: null };
      return { ...limits, ...none, ledger: 'unavailable', ledger_problem: error.message };
    }
  }

  /**
   * Reserves an attempt's bound.
   * @param bound the attempt's maximum cost in USD; 0 if it is unknown and the user allows that
   * @throws AppError `budget_exceeded` with the figures and what to change; `ledger_unavailable`
   */
  async reserve(bound: number, subject: ReservationSubject): Promise<Reservation> {
    const limits = this.#limits();
    if (bound > limits.call) throw this.#aboveCallLimit(bound, limits);
    const day = dayOf(this.#now());
    const { id, ...total } = await this.#orUnavailable(
      this.#ledger.reserve(day, nanoUsd(bound), nanoUsd(limits.daily), subject),
    );
    if (id === null) throw this.#aboveDailyLimit(bound, limits, total);
    return {
      bound,
      settle: (usd) => this.#ledger.settle(id, nanoUsd(usd >= 0 ? usd : bound)),
      release: () => this.#ledger.settle(id, 0),
      markUnknown: (reason, providerRef = null) => this.#ledger.markUnknown(id, reason, providerRef),
    };
  }

  /**
   * Reserves a batch whose requests are answered within days: one ledger entry for all of them, on the day of
   * submission, settled in parts (`batch-entries.ts`).
   * @throws AppError as `reserve`; `details.up_to_usd` is the batch's total if the daily limit has no room
   * for it
   */
  async reserveBatch(order: BatchReservation): Promise<void> {
    const { id, bounds, subject, confirmed, lastsMs } = order;
    const limits = this.#limits();
    const largest = bounds.reduce((max, bound) => Math.max(max, bound), 0);
    if (!confirmed && largest > limits.call) throw this.#aboveCallLimit(largest, limits);
    const amount = bounds.reduce((sum, bound) => sum + nanoUsd(bound), 0);
    const daily = nanoUsd(confirmed ? Infinity : limits.daily);
    const day = dayOf(this.#now());
    const { id: granted, ...total } = await this.#orUnavailable(
      this.#ledger.reserveLasting(day, amount, daily, subject, { id, lastsMs }),
    );
    if (granted === null) throw this.#aboveDailyLimit(usdOf(amount), limits, total);
  }

  /**
   * Closes a batch's entry, once.
   * @param unknown USD of requests that may have been billed; null if every cost is known
   * @throws AppError `ledger_unavailable`
   */
  endBatch(
    id: string,
    usd: number,
    unknown: { usd: number; reason: UnknownReason; providerRef: string | null } | null,
  ): Promise<void> {
    const open = unknown && {
      amount: nanoUsd(unknown.usd),
      reason: unknown.reason,
      providerRef: unknown.providerRef,
    };
    return this.#orUnavailable(this.#ledger.endLasting(id, { actual: nanoUsd(usd), unknown: open }));
  }

  /**
   * Calls of unknown cost, newest first.
   * @throws AppError `ledger_unavailable`
   */
  async unknown(): Promise<UnknownSpend[]> {
    const entries = await this.#orUnavailable(this.#ledger.unknown(maxUnknownShown));
    return entries.map((entry) => ({
      id: entry.id,
      day: entry.day,
      reserved_at: entry.reservedAt === null ? null : new Date(entry.reservedAt).toISOString(),
      bound_usd: usdOf(entry.bound),
      provider: entry.provider,
      model: entry.model,
      module: entry.module,
      request_id: entry.requestId,
      reason: entry.reason,
      ...(entry.reasonDetail && { reason_detail: entry.reasonDetail }),
      provider_ref: entry.providerRef,
    }));
  }

  /**
   * Settles a call of unknown cost by hand, with an amount from 0 to its bound.
   * @throws AppError `not_found`, `invalid_request` for an amount above the bound, `ledger_unavailable`
   */
  async settleUnknown(id: string, usd: number): Promise<void> {
    const entry = (await this.unknown()).find((one) => one.id === id);
    if (!entry) throw new AppError('not_found', `no call with an unknown cost has the id ${id}`);
    if (usd > entry.bound_usd)
      throw new AppError(
        'invalid_request',
        `usd: ${money(usd)} is more than the ${money(entry.bound_usd)} reserved for this call`,
        { fields: [{ path: 'usd', message: `at most ${entry.bound_usd}` }] },
      );
    if (!(await this.#orUnavailable(this.#ledger.settleUnknown(id, nanoUsd(usd)))))
      throw new AppError('not_found', 'this call has been settled meanwhile');
  }

  async #orUnavailable<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof LedgerUnavailable)) throw error;
      throw new AppError(
        'ledger_unavailable',
        `the ledger of spending cannot be read or written (${error.message}), so paid calls are not sent; free calls still are. Each call tries again`,
        { reason: error.message },
        { cause: error },
      );
    }
  }

  #aboveCallLimit(bound: number, limits: Limits): AppError {
    const message = `this call could cost up to ${money(bound)} and the limit for a call is ${money(limits.call)}: set a lower max_tokens, or ${raise(limits, 'call')}`;
    return new AppError('budget_exceeded', message, {
      limit: 'call',
      up_to_usd: bound,
      limit_usd: limits.call,
    });
  }

  #aboveDailyLimit(bound: number, limits: Limits, total: DayTotal): AppError {
    const { spent_today, unknown_today, reserved } = figures(total);
    const underWay = reserved > 0 ? ` and ${money(reserved)} reserved for calls in progress` : '';
    const unknown = unknown_today > 0 ? ` (${money(unknown_today)} of it for calls of unknown cost)` : '';
    const message = `this call could cost up to ${money(bound)}; with ${money(spent_today)} spent today${unknown}${underWay} that exceeds the daily limit of ${money(limits.daily)}: ${raise(limits, 'daily')}`;
    return new AppError('budget_exceeded', message, {
      limit: 'daily',
      up_to_usd: bound,
      limit_usd: limits.daily,
      spent_usd: spent_today,
      unknown_usd: unknown_today,
      reserved_usd: reserved,
    });
  }
}

/** Unknown costs count as spent: `spent_today` includes `unknown_today`. */
function figures({ spent, unknown, reserved }: DayTotal) {
  return { spent_today: usdOf(spent + unknown), unknown_today: usdOf(unknown), reserved: usdOf(reserved) };
}
