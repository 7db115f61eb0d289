/** What is spent and set aside on one day (UTC), in nano-USD; `shared` when the database told it. */
export interface DayTotal {
  spent: number;
  reserved: number;
  shared: boolean;
}

export interface Reserved extends DayTotal {
  /** Null when the limit would have been passed: then nothing was set aside. */
  id: string | null;
}

/** Where money is counted, in whole nano-USD. Nothing here throws for a database that is gone. */
export interface Ledger {
  /** Sets `amount` aside when spent + set aside + amount stays within `limit`. */
  reserve(day: string, amount: number, limit: number): Reserved | Promise<Reserved>;
  /** Replaces what was set aside by what it came to; returns at once, and whatever is asked next waits for it. */
  settle(id: string, actual: number): void;
  today(day: string): Promise<DayTotal>;
  close(): Promise<void>;
}

const perUsd = 1e9;
const largest = Number.MAX_SAFE_INTEGER;

/** USD as nano-USD, rounded up: what is set aside is never too little. */
export function nanoUsd(usd: number): number {
  // Three digits more first, or the noise of 0.07 * 1e9 would round up.
  return Math.min(Math.ceil(Math.round(usd * perUsd * 1000) / 1000), largest);
}

export const usdOf = (nano: number) => nano / perUsd;
