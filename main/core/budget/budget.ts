import { AppError } from '../app-error.ts';
import { dayOf } from '../registry/lifecycle.ts';
import type { Env } from '../registry/environment.ts';

/** USD spent and promised today. A database can stand behind it; the first one is memory. */
export interface Ledger {
  /** Adds a promise when `spent + promised + amount` stays within `limit`; false when it would not. */
  reserve(day: string, amount: number, limit: number): boolean;
  /** Replaces a promise by what it came to. */
  settle(day: string, reserved: number, actual: number): void;
  spent(day: string): number;
}

/** Forgets with the process. */
export class MemoryLedger implements Ledger {
  #day = '';
  #spent = 0;
  #promised = 0;

  /** False for a day that is over: a call that began before midnight settles after it. */
  #turn(day: string): boolean {
    if (day > this.#day) [this.#day, this.#spent, this.#promised] = [day, 0, 0];
    return day === this.#day;
  }

  reserve(day: string, amount: number, limit: number): boolean {
    this.#turn(day);
    if (this.#spent + this.#promised + amount > limit) return false;
    this.#promised += amount;
    return true;
  }

  settle(day: string, reserved: number, actual: number): void {
    if (!this.#turn(day)) return;
    this.#promised = Math.max(0, this.#promised - reserved);
    this.#spent += actual;
  }

  spent(day: string): number {
    return this.#turn(day) ? this.#spent : 0;
  }
}

export interface Limits {
  /** USD a day (UTC); Infinity when the user took the limit off. */
  daily: number;
  /** USD a call. */
  call: number;
}

function usd(text: string | undefined, otherwise: number): number {
  const value = Number(text);
  return text?.trim() && Number.isFinite(value) && value >= 0 ? value : otherwise;
}

/** 2 USD a day and 0.25 a call unless the variables say otherwise. */
export function limitsFrom(env: Env): Limits {
  return {
    daily: usd(env['COMFYVN_LLM_DAILY_BUDGET_USD'], 2),
    call: usd(env['COMFYVN_LLM_CALL_BUDGET_USD'], 0.25),
  };
}

const money = (value: number) => `$${value.toFixed(value < 0.01 ? 5 : 2)}`;

export interface Reservation {
  settle(actual: number): void;
}

/** Refuses a call before it is sent; parallel calls cannot overspend together, since each reserves first. */
export class Budget {
  readonly #ledger: Ledger;
  readonly #limits: Limits;
  readonly #now: () => number;

  constructor(ledger: Ledger, limits: Limits, now: () => number) {
    this.#ledger = ledger;
    this.#limits = limits;
    this.#now = now;
  }

  get limits(): Limits {
    return this.#limits;
  }

  spentToday(): number {
    return this.#ledger.spent(dayOf(this.#now()));
  }

  /**
   * Sets an upper bound aside until the call is over.
   * @param upTo USD the call cannot exceed
   * @throws AppError `budget_exceeded` with both figures and what to change
   */
  reserve(upTo: number): Reservation {
    const { daily, call } = this.#limits;
    if (upTo > call)
      throw new AppError(
        'budget_exceeded',
        `this call could cost up to ${money(upTo)} and the limit for a call is ${money(call)}: set a lower max_tokens, or raise COMFYVN_LLM_CALL_BUDGET_USD`,
        { limit: 'call', up_to_usd: upTo, limit_usd: call },
      );
    const day = dayOf(this.#now());
    if (!this.#ledger.reserve(day, upTo, daily)) {
      const spent = this.#ledger.spent(day);
      throw new AppError(
        'budget_exceeded',
        `this call could cost up to ${money(upTo)}; with ${money(spent)} spent today (and calls under way) that passes the daily limit of ${money(daily)}: raise COMFYVN_LLM_DAILY_BUDGET_USD`,
        { limit: 'daily', up_to_usd: upTo, limit_usd: daily, spent_usd: spent },
      );
    }
    let open = true;
    return {
      settle: (actual) => {
        if (open) this.#ledger.settle(day, upTo, actual);
        open = false;
      },
    };
  }
}
