import type { CodedText, TextDetail } from '../../../contract/coded-texts.ts';

/** Why the cost of a call or batch is unknown. */
export type UnknownReason = CodedText<'unknown_spend'>;

/** Facts about a call when its cost is reserved. */
export interface ReservationSubject {
  provider: string | null;
  model: string | null;
  module: string | null;
  requestId: string | null;
}

/** Totals of one UTC day, in nano-USD. The daily limit applies to their sum. */
export interface DayTotal {
  /** Settled. */
  spent: number;
  /** Bounds of calls of unknown cost. */
  unknown: number;
  /** Bounds of calls in progress, on every machine that shares the ledger. */
  reserved: number;
}

/** A call of unknown cost. It counts at its bound until it is settled. Amounts in nano-USD. */
export interface UnknownEntry {
  id: string;
  day: string;
  bound: number;
  /** Milliseconds since 1970; null for entries from version 0.1.0. */
  reservedAt: number | null;
  provider: string | null;
  model: string | null;
  module: string | null;
  requestId: string | null;
  reason: string;
  /** Undefined for entries of earlier versions. */
  reasonDetail: TextDetail | undefined;
  /** The provider's generation id, if it reported one. */
  providerRef: string | null;
}

export interface LastingReservation {
  id: string;
  lastsMs: number;
}

export interface LastingEnd {
  /** Nano-USD, like all amounts in this file. */
  actual: number;
  /** The bounds of requests that may have been billed; null if every cost is known. */
  unknown: { amount: number; reason: UnknownReason; providerRef: string | null } | null;
}

export interface Reserved extends DayTotal {
  /** Null if the limit would have been exceeded: then nothing was reserved. */
  id: string | null;
}

/**
 * Records spending in whole nano-USD. An entry is reserved before its call is sent, and ends as settled,
 * released or unknown. Anything not settled or released stays in the day's total.
 */
export interface Ledger {
  /**
   * Reserves `amount` if spent + unknown + reserved + amount stays within `limit`.
   * @throws LedgerUnavailable if the ledger cannot be read or written; then nothing is reserved
   */
  reserve(day: string, amount: number, limit: number, subject: ReservationSubject): Promise<Reserved>;
  /**
   * As `reserve`, but with the caller's id, for work that outlives this process. The entry is not renewed: it
   * stays for `lastsMs`, and the code that reads the results settles it in parts (`batch-entries.ts`).
   */
  reserveLasting(
    day: string,
    amount: number,
    limit: number,
    subject: ReservationSubject,
    lasting: LastingReservation,
  ): Promise<Reserved>;
  /**
   * Closes an entry of `reserveLasting` at its cost; the unknown part stays in the day's total. Repeating
   * this changes nothing.
   * @throws LedgerUnavailable
   */
  endLasting(id: string, end: LastingEnd): Promise<void>;
  /**
   * Replaces the reserved amount by the actual cost; 0 releases it. Written soon, and retried until it
   * succeeds.
   */
  settle(id: string, actual: number): void;
  /** Keeps the bound in the day's total. Written soon, and retried until it succeeds. */
  markUnknown(id: string, reason: UnknownReason, providerRef: string | null): void;
  /** @throws LedgerUnavailable */
  today(day: string): Promise<DayTotal>;
  /**
   * Newest first, at most `limit`.
   * @throws LedgerUnavailable
   */
  unknown(limit: number): Promise<UnknownEntry[]>;
  /**
   * Settles an unknown entry, by hand or with the provider's own figure.
   * @returns false if there is no such entry, or the amount exceeds its bound
   * @throws LedgerUnavailable
   */
  settleUnknown(id: string, actual: number): Promise<boolean>;
  close(): Promise<void>;
}

/** The ledger cannot be read or written. The message is shown to users. */
export class LedgerUnavailable extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'LedgerUnavailable';
  }
}

const perUsd = 1e9;
const max = Number.MAX_SAFE_INTEGER;

/** Converts USD to nano-USD, rounded up so that a reservation is never too small. */
export function nanoUsd(usd: number): number {
  // Rounds to three more digits first; otherwise floating-point noise in 0.07 * 1e9 would round up.
  return Math.min(Math.ceil(Math.round(usd * perUsd * 1000) / 1000), max);
}

export const usdOf = (nano: number) => nano / perUsd;
