/** What is known of a call when its cost is reserved. */
export interface ReservationSubject {
  provider: string | null;
  model: string | null;
  module: string | null;
  requestId: string | null;
}

/** Money of one UTC day, in nano-USD. All of it together is what the daily limit is held against. */
export interface DayTotal {
  /** Settled. */
  spent: number;
  /** Bounds of calls of which nobody knows what they came to. */
  unknown: number;
  /** Bounds of calls under way, on every machine that shares the ledger. */
  reserved: number;
}

/** A call of which nobody knows what it came to; it counts at its bound until it is settled. Amounts in nano-USD. */
export interface UnknownEntry {
  id: string;
  day: string;
  bound: number;
  /** Milliseconds since 1970; null for entries of version 0.1.0. */
  reservedAt: number | null;
  provider: string | null;
  model: string | null;
  module: string | null;
  requestId: string | null;
  reason: string;
  /** The provider's id of the generation, where it reported one. */
  providerRef: string | null;
}

export interface LastingReservation {
  id: string;
  lastsMs: number;
}

export interface LastingEnd {
  /** Nano-USD, as everything here. */
  actual: number;
  /** The bounds of what may have been paid; null where all is known. */
  unknown: { amount: number; reason: string; providerRef: string | null } | null;
}

export interface Reserved extends DayTotal {
  /** Null when the limit would have been passed: then nothing was reserved. */
  id: string | null;
}

/**
 * Where money is counted, in whole nano-USD. An entry is reserved before its call is sent, and ends as settled,
 * released or unknown. Nothing is forgotten: what is not settled or released stays in the day's total.
 */
export interface Ledger {
  /**
   * Reserves `amount` where spent + unknown + reserved + amount stays within `limit`.
   * @throws LedgerUnavailable when the ledger cannot be read or written now: nothing is reserved
   */
  reserve(day: string, amount: number, limit: number, subject: ReservationSubject): Promise<Reserved>;
  /**
   * As `reserve`, under an id of the caller's, for work that outlives this process: nobody renews the entry, it is kept
   * for `lastsMs`, and it is settled in parts by whoever reads the results (`batch-entries.ts`).
   */
  reserveLasting(
    day: string,
    amount: number,
    limit: number,
    subject: ReservationSubject,
    lasting: LastingReservation,
  ): Promise<Reserved>;
  /**
   * Ends an entry of `reserveLasting` at what it came to, with what nobody knows left in the day's total. Done twice it
   * counts once.
   * @throws LedgerUnavailable
   */
  endLasting(id: string, end: LastingEnd): Promise<void>;
  /** Replaces what was reserved by what the call came to, 0 to release it. Written soon; tried again until it is. */
  settle(id: string, actual: number): void;
  /** Keeps the bound in the day's total. Written soon; tried again until it is. */
  markUnknown(id: string, reason: string, providerRef: string | null): void;
  /** @throws LedgerUnavailable */
  today(day: string): Promise<DayTotal>;
  /** The newest first, at most `limit`. @throws LedgerUnavailable */
  unknown(limit: number): Promise<UnknownEntry[]>;
  /**
   * Settles an unknown entry by hand or by the provider's own figure.
   * @returns false where there is no such entry, or the amount is above its bound
   * @throws LedgerUnavailable
   */
  settleUnknown(id: string, actual: number): Promise<boolean>;
  close(): Promise<void>;
}

/** The ledger cannot be read or written now; the message is for people. */
export class LedgerUnavailable extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'LedgerUnavailable';
  }
}

const perUsd = 1e9;
const max = Number.MAX_SAFE_INTEGER;

/** USD as nano-USD, rounded up: what is reserved is never too little. */
export function nanoUsd(usd: number): number {
  // Three digits more first, or the noise of 0.07 * 1e9 would round up.
  return Math.min(Math.ceil(Math.round(usd * perUsd * 1000) / 1000), max);
}

export const usdOf = (nano: number) => nano / perUsd;
