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

/** One call. Every field is a string, a number or null, so that a batch travels as one JSON text. */
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
  /** The attempts as JSON, where there was more than one or one failed. */
  steps: string | null;
  /** What a search for text looks at, in small letters. */
  search: string;
  /** Of the key that the last attempt was sent with; null for a short one, and in entries before 0.2.0. */
  key_last4: string | null;
}

export interface BodyRow {
  id: string;
  messages: string;
  reply: string;
  cut: Bit;
  /** The rest of the request as JSON; null where it or the messages are not kept whole. */
  request: string | null;
  /** The beginning of the last message, for lists. */
  preview?: string | null;
}

/** Live calls of one UTC day, counted when they are written: sums outlive the calls. */
export interface DayRow {
  day: string;
  provider: string;
  calls: number;
  failed: number;
  usd: number;
}

/** Money is in whole nano-USD: sums of fractions would drift from what was set aside. */
export interface LedgerDayRow {
  day: string;
  spent: number;
}

/** A call's entry in the ledger: what it may cost at most until it is known what it came to. */
export interface ReservationRow {
  id: string;
  /** The UTC day it counts for, `YYYY-MM-DD`: that of the reservation, whenever it is settled. */
  day: string;
  /** The bound, in nano-USD. */
  amount: number;
  /** Milliseconds since 1970. A reserved entry that nobody renewed by then belongs to a process that died: unknown. */
  expires_at: number;
  /** `settled` only for entries that were unknown before: others are summed up in their day and deleted. */
  state: 'reserved' | 'unknown' | 'settled';
  /** Null in entries of version 0.1.0. */
  reserved_at: number | null;
  provider: string | null;
  model: string | null;
  module: string | null;
  request_id: string | null;
  /** Why it is unknown, for people. */
  reason: string | null;
  /** The provider's id of the generation, where it came before the connection was lost. */
  provider_ref: string | null;
  settled_at: number | null;
  /** What it was settled at, in nano-USD. */
  settled: number | null;
}

/** A key that is not to be tried now. A key without a row is free. */
export interface KeyStateRow {
  /** A fingerprint, from which the key cannot be found. */
  id: string;
  provider: string;
  /** `cooling`: the provider asked for a pause. `set_aside`: the provider refused the key. */
  state: 'cooling' | 'set_aside';
  /** Milliseconds since 1970, for `cooling`. */
  until: number | null;
  /** How the key is shown: its last four characters and where it is from. */
  shown: string;
  /** The provider's words. */
  reason: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** How much of a provider's limits a minute is left, for a provider, a model and a key. */
export interface RateLimitRow {
  id: string;
  provider: string;
  /** Null for all models of the provider together. */
  model: string | null;
  /** JSON of a `Bucket`. */
  state: string;
  /** JSON of the limits that the provider's replies named. */
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
