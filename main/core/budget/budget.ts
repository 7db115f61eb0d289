import type { BudgetView } from '../../../contract/call-log.ts';
import { AppError } from '../lib/app-error.ts';
import { dayOf } from '../registry/lifecycle.ts';
import { nanoUsd, usdOf, type Ledger, type Reserved } from './ledger.ts';
import { limitVariables, type Limits } from './limits.ts';

const money = (value: number) => `$${value.toFixed(value < 0.01 ? 5 : 2)}`;

const shown = (limit: number) => (Number.isFinite(limit) ? limit : null);

/** What the user can change, and where. */
function raise(limits: Limits, which: 'daily' | 'call'): string {
  const variable = limitVariables[which];
  if (limits.source[which] === 'environment') return `raise ${variable}`;
  return `raise the ${which === 'daily' ? 'daily' : 'call'} budget in the panel's settings, or set ${variable}`;
}

export interface Reservation {
  /** @param actual USD the call came to; only the first time counts */
  settle(actual: number): void;
}

/** Refuses a call before it is sent; parallel calls cannot overspend together, since each reserves first. */
export class Budget {
  readonly #ledger: Ledger;
  readonly #limits: () => Limits;
  readonly #now: () => number;

  constructor(ledger: Ledger, limits: () => Limits, now: () => number) {
    this.#ledger = ledger;
    this.#limits = limits;
    this.#now = now;
  }

  /** As they are now; they can change at any time. */
  get limits(): Limits {
    return this.#limits();
  }

  /** Limits and what is left of them. */
  async view(): Promise<BudgetView> {
    const { daily, call, source } = this.#limits();
    const { spent, reserved, shared } = await this.#ledger.today(dayOf(this.#now()));
    const ledger = shared ? 'database' : 'memory';
    return {
      daily: shown(daily),
      call: shown(call),
      spent_today: usdOf(spent),
      reserved: usdOf(reserved),
      source,
      ledger,
    };
  }

  /**
   * Sets an upper bound aside until the call is over; at once where the ledger does.
   * @param upTo USD the call cannot exceed; 0 where nobody knows, which still counts what it came to
   * @throws AppError `budget_exceeded` with both figures and what to change
   */
  reserve(upTo: number): Reservation | Promise<Reservation> {
    const limits = this.#limits();
    if (upTo > limits.call) throw this.#tooMuchForACall(upTo, limits);
    const day = dayOf(this.#now());
    const told = this.#ledger.reserve(day, nanoUsd(upTo), nanoUsd(limits.daily));
    if (told instanceof Promise) return told.then((later) => this.#reservation(later, upTo, limits));
    return this.#reservation(told, upTo, limits);
  }

  #reservation({ id, spent, reserved }: Reserved, upTo: number, limits: Limits): Reservation {
    if (id === null) throw this.#tooMuchForADay(upTo, limits, usdOf(spent), usdOf(reserved));
    return { settle: (actual) => this.#ledger.settle(id, nanoUsd(actual)) };
  }

  #tooMuchForACall(upTo: number, limits: Limits): AppError {
    const message = `this call could cost up to ${money(upTo)} and the limit for a call is ${money(limits.call)}: set a lower max_tokens, or ${raise(limits, 'call')}`;
    return new AppError('budget_exceeded', message, {
      limit: 'call',
      up_to_usd: upTo,
      limit_usd: limits.call,
    });
  }

  #tooMuchForADay(upTo: number, limits: Limits, spent: number, reserved: number): AppError {
    const underWay = reserved > 0 ? ` and ${money(reserved)} set aside for calls under way` : '';
    const message = `this call could cost up to ${money(upTo)}; with ${money(spent)} spent today${underWay} that passes the daily limit of ${money(limits.daily)}: ${raise(limits, 'daily')}`;
    const figures = { up_to_usd: upTo, limit_usd: limits.daily, spent_usd: spent, reserved_usd: reserved };
    return new AppError('budget_exceeded', message, { limit: 'daily', ...figures });
  }
}
