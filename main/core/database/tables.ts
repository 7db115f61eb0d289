import type {
  BatchRow,
  GroupRow,
  MemoryRow,
  ProjectRow,
  RunRow,
  TextHistoryRow,
  TranslationFileRow,
  UnitRow,
  WorkerRow,
} from './translation-tables.ts';

/** A truth value: SQLite has no other, and its driver takes no other. */
export type Bit = 0 | 1;

/** One call. Every field is a string, a number or null, so that a batch can be passed as one JSON text. */
export interface CallRow {
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  request_id: string;
  kind: 'chat' | 'test_call' | 'embedding';
  door: 'http' | 'ipc' | 'cli' | 'test';
  machine: string;
  module: string | null;
  preset: string | null;
  provider: string | null;
  model: string | null;
  mode: 'live' | 'dry' | 'mock';
  stream: Bit;
  ok: Bit;
  status: number;
  code: string | null;
  message: string | null;
  attempts: number;
  prompt_tokens: number | null;
  completion_tokens: number | null;
  total_tokens: number | null;
  cached_tokens: number | null;
  reasoning_tokens: number | null;
  tokens_estimated: Bit;
  /** USD. */
  cost: number | null;
  cost_source: 'provider' | 'price_table' | 'free' | null;
  cost_estimated: Bit;
  total_ms: number;
  upstream_ms: number | null;
  first_token_ms: number | null;
  sha256: string | null;
  bytes: number | null;
  /** The attempts as JSON, if there was more than one or one failed. */
  steps: string | null;
  /** Lower-case text for searches. */
  search: string;
  /** The key of the last attempt; null for a short key, and in entries before 0.2.0. */
  key_last4: string | null;
}

export interface BodyRow {
  id: string;
  messages: string;
  reply: string;
  cut: Bit;
  /** The rest of the request as JSON; null if it or the messages are not stored completely. */
  request: string | null;
  /** The beginning of the last message, for lists. */
  preview?: string | null;
}

/** Live calls of one UTC day, counted when they are written: totals outlive the calls. */
export interface DayRow {
  day: string;
  provider: string;
  calls: number;
  failed: number;
  usd: number;
}

/** Money is in whole nano-USD, because sums of fractions would drift from the reserved amounts. */
export interface LedgerDayRow {
  day: string;
  spent: number;
}

/** A call's entry in the ledger: its maximum cost, until its real cost is known. */
export interface ReservationRow {
  id: string;
  /** The UTC day for which it counts, `YYYY-MM-DD`: the day of the reservation, whenever it is settled. */
  day: string;
  /** The bound, in nano-USD. */
  amount: number;
  /**
   * Milliseconds since 1970. A reserved entry that is not renewed by then belongs to a process that died, so
   * its cost is unknown.
   */
  expires_at: number;
  /** `settled` only for entries that were unknown before; others are added to their day and deleted. */
  state: 'reserved' | 'unknown' | 'settled';
  /** Null in entries of version 0.1.0. */
  reserved_at: number | null;
  provider: string | null;
  model: string | null;
  module: string | null;
  request_id: string | null;
  /** Why the cost is unknown, for display. */
  reason: string | null;
  /** The same as JSON, by `unknown_spend` in `contract/coded-texts.ts`. Null in entries of earlier versions. */
  reason_detail: string | null;
  /** The provider's generation id, if it arrived before the connection was lost. */
  provider_ref: string | null;
  settled_at: number | null;
  /** The amount at which it was settled, in nano-USD. */
  settled: number | null;
}

/** A key that must not be tried now. A key without a row is free. */
export interface KeyStateRow {
  /** A fingerprint that does not reveal the key. */
  id: string;
  provider: string;
  /** `cooling`: the provider asked for a pause. `set_aside`: the provider refused the key. */
  state: 'cooling' | 'set_aside';
  /** Milliseconds since 1970, for `cooling`. */
  until: number | null;
  /** The key for display: its last four characters and its source. */
  shown: string;
  /** The provider's message. */
  reason: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** What remains of a provider's limits per minute, for a provider, a model and a key. */
export interface RateLimitRow {
  id: string;
  provider: string;
  /** Null for all models of the provider together. */
  model: string | null;
  /** JSON of a `Bucket`. */
  state: string;
  /** JSON of the limits in the provider's replies. */
  learned: string | null;
  /** Milliseconds since 1970. */
  updated_at: number;
}

export interface Tables {
  calls: CallRow;
  call_bodies: BodyRow;
  call_days: DayRow;
  key_states: KeyStateRow;
  ledger_days: LedgerDayRow;
  ledger_reservations: ReservationRow;
  translation_projects: ProjectRow;
  translation_files: TranslationFileRow;
  translation_units: UnitRow;
  translation_groups: GroupRow;
  translation_runs: RunRow;
  translation_batches: BatchRow;
  translation_memory: MemoryRow;
  translation_texts: TextHistoryRow;
  translation_workers: WorkerRow;
  rate_limits: RateLimitRow;
}
