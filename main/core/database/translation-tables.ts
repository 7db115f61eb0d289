import type { Bit } from './tables.ts';

export type UnitState = 'new' | 'draft' | 'flagged' | 'reviewed' | 'locked';
export type GroupState = 'planned' | 'sent' | 'done' | 'failed' | 'unknown';
export type RunState = 'running' | 'waiting' | 'paused' | 'cancelled' | 'done';

/**
 * A game in one target language. Its settings are in `project.json` in its folder; this row connects the
 * other rows to it.
 */
export interface ProjectRow {
  id: string;
  name: string;
  /** Absolute path of the folder with `project.json`. */
  folder: string;
  target_language: string;
  /** Counts imports. */
  generation: number;
  created_at: number;
  imported_at: number | null;
}

export interface TranslationFileRow {
  id: string;
  project: string;
  /** Relative to the game, with `/`. */
  path: string;
  format: string;
  encoding: string;
  bytes: number;
  units: number;
  /** Position of its first unit; the others follow it. */
  first_ordinal: number;
  sha256: string;
  /** JSON list of messages for display; null if there are none. */
  warnings: string | null;
  /** The import that wrote its units; those of an older one have vanished from it. */
  generation: number;
  /** Hash of all that was read from it: an import that reads the same writes none of its units. */
  fingerprint: string | null;
}

export interface UnitRow {
  /** Hash of project, path and key. */
  id: string;
  project: string;
  file: string;
  key: string;
  /** Position in the game: files by path, units by their position in the file. */
  ordinal: number;
  scene: string | null;
  speaker: string | null;
  note: string | null;
  source: string;
  /** Hash of source and speaker: equal pairs are translated once. */
  pair: string;
  max_cells: number | null;
  /** Why it must not be written. */
  read_only: string | null;
  target: string | null;
  state: UnitState;
  /** The source changed with the last import: `previous_*` have the old values. */
  stale: Bit;
  /** No longer in the game, but kept. */
  gone: Bit;
  /** An earlier unit has the same source and speaker, and is translated instead. */
  repeat: Bit;
  /** A group that may have been billed; the unit is not sent again until that is settled. */
  held: string | null;
  /** JSON list of problems; null if there are none. */
  problems: string | null;
  /** The most severe of them. */
  severity: 'error' | 'warning' | null;
  origin: 'file' | 'copy' | 'memory' | 'model' | 'stub' | 'person' | null;
  /** `provider/model` of a model's translation. */
  model: string | null;
  previous_source: string | null;
  previous_target: string | null;
  previous_state: string | null;
  generation: number;
  updated_at: number;
}

/** The units of one request. The request is stored here before it is sent, and its outcome afterwards. */
export interface GroupRow {
  id: string;
  project: string;
  run: string;
  /** Position in the run; a retry takes its group's position. */
  position: number;
  kind: 'scene' | 'rest' | 'single' | 'retry';
  state: GroupState;
  /** JSON list of `[unit, pair]`. */
  units: string;
  unit_count: number;
  /** Variables and options of the prompt pack as JSON. */
  request: string | null;
  /** The planned body, until the request is finished. */
  body: string | null;
  body_bytes: number;
  sha256: string;
  prompt_tokens: number;
  attempts: number;
  /** Maximum cost in USD; null if unknown. */
  bound: number | null;
  /** USD; the bound while the cost is unknown. */
  cost: number;
  provider: string;
  model: string;
  code: string | null;
  message: string | null;
  /** The process that is working on it. */
  lease_owner: string | null;
  /**
   * By the database's clock. A planned group is not taken before this time: a process is working on it, or
   * its provider asked to wait. A sent group that is not renewed by then belongs to a process that died.
   */
  lease_until: number | null;
  sent_at: number | null;
  ended_at: number | null;
  /** The provider batch that contains it; null or missing for one that is sent individually. */
  batch?: string | null;
  /**
   * Prompt tokens as counted by the provider, and how many of them it read from its cache; null if it
   * reported none.
   */
  input_tokens?: number | null;
  cached_tokens?: number | null;
  /** USD saved by the provider's cache. */
  cache_saving?: number | null;
}

export type BatchState =
  /** Recorded, with its cost reserved; nothing that costs anything has been sent. */
  | 'prepared'
  /** The call that creates it is about to be sent, or in progress. */
  | 'submitting'
  /** The provider has it. */
  | 'submitted'
  /** It is unknown whether the provider has it. */
  | 'unknown'
  /** All its results have been read. */
  | 'ended'
  /** The user had its lines sent again. */
  | 'given_up';

/** Groups that a provider answers together. The id is also that of its ledger entry. */
export interface BatchRow {
  id: string;
  project: string;
  run: string;
  provider: string;
  model: string;
  state: BatchState;
  /** The provider's id. */
  remote_id: string | null;
  /** The provider's id of the uploaded file. */
  file: string | null;
  requests: number;
  bytes: number;
  /** Maximum cost in USD. */
  bound: number;
  /** The provider's own name for its state, and its counts. */
  remote_status: string | null;
  completed: number | null;
  failed: number | null;
  message: string | null;
  created_at: number;
  submitted_at: number | null;
  expires_at: number | null;
  ended_at: number | null;
  /** The last four characters of the key that created it, as in the call log; null if unknown. */
  key_last4?: string | null;
}

export interface RunRow {
  id: string;
  project: string;
  kind: 'translate' | 'retry';
  state: RunState;
  code: string | null;
  reason: string | null;
  /** The run's own limit in USD; null if it has none. */
  max_usd: number | null;
  groups: number;
  units: number;
  /**
   * How the run should end: from then on no process starts another group. `give_up` also ends groups in
   * progress.
   */
  asked: 'pause' | 'cancel' | 'give_up' | 'wait' | null;
  /** The process that last reported working on the run. */
  lease_owner: string | null;
  /** By the database's clock. */
  lease_until: number | null;
  started_at: number;
  ended_at: number | null;
  /** The facts that every machine needs, as JSON; null in runs of earlier versions. */
  task: string | null;
  /** When all its groups had been planned. */
  planned_at: number | null;
  /**
   * The project's limit in nano-USD. Null without a limit, and in runs delivered as batches, whose limit is
   * checked at submission; then the two counts below are not used.
   */
  limit_nano: number | null;
  /** Nano-USD spent by the project at the start, and by its groups since. */
  spent_nano: number;
  /** Nano-USD of the bounds of groups in progress, on all machines. */
  reserved_nano: number;
  /** Null or missing: each request individually. */
  delivery?: 'batch' | null;
  /** USD that the user has to confirm before a batch above a limit is submitted. */
  confirm_usd?: number | null;
}

/** A process that works on a run, or waits for one. */
export interface WorkerRow {
  id: string;
  machine: string;
  /** Null while it waits for one. */
  run: string | null;
  /** JSON list of the providers to which it can send. */
  providers: string;
  /** Groups in progress. */
  groups: number;
  /** The process, as in a lease; null in rows of earlier versions. */
  owner: string | null;
  /** The provider limit for which it waits, as JSON of the API's `waits_for`; null if it does not wait. */
  waits_for: string | null;
  /** By the database's clock. */
  seen_at: number;
}

/** One accepted translation of a source and a speaker. */
export interface MemoryRow {
  /** `<project>:<pair>`, or a hash for entries from ComfyVN. */
  id: string;
  /** Null for entries that arrived over ComfyVN's routes. */
  project: string | null;
  language: string;
  key: string | null;
  pair: string;
  source: string;
  speaker: string | null;
  target: string;
  state: 'draft' | 'reviewed';
  origin: string;
  confidence: number;
  reviewer: string | null;
  /** JSON object. */
  meta: string | null;
  version: number;
  hits: number;
  created_at: number;
  updated_at: number;
  reviewed_at: number | null;
}

/** A translation that was replaced by another one. */
export interface TextHistoryRow {
  id: string;
  project: string;
  unit: string;
  target: string;
  state: UnitState;
  origin: UnitRow['origin'];
  model: string | null;
  replaced_at: number;
}
