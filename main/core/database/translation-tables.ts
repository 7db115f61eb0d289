import type { Bit } from './tables.ts';

export type UnitState = 'new' | 'draft' | 'flagged' | 'reviewed' | 'locked';
export type GroupState = 'planned' | 'sent' | 'done' | 'failed' | 'unknown';
export type RunState = 'running' | 'waiting' | 'paused' | 'cancelled' | 'done';

/** A game in one target language. Its settings are in `project.json` in its folder; here is what joins rows to it. */
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
  /** Place of its first unit; the others follow it. */
  first_ordinal: number;
  sha256: string;
  /** JSON list of texts for people; null where there is none. */
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
  /** Place in the game: files by path, units by their place in the file. */
  ordinal: number;
  scene: string | null;
  speaker: string | null;
  note: string | null;
  source: string;
  /** Hash of source and speaker: equal ones are translated once. */
  pair: string;
  max_cells: number | null;
  /** Why it is never written. */
  read_only: string | null;
  target: string | null;
  state: UnitState;
  /** The source changed with the last import: `previous_*` hold what was there. */
  stale: Bit;
  /** Vanished from the game, and kept aside. */
  gone: Bit;
  /** An earlier unit has the same source and speaker, and is translated in its place. */
  repeat: Bit;
  /** Group of which nobody knows whether it was paid; the unit is not sent before that is settled. */
  held: string | null;
  /** JSON list of problems; null where there is none. */
  problems: string | null;
  /** The worst of them. */
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

/** The units of one request. What was sent is here before the bytes leave, and what came of it. */
export interface GroupRow {
  id: string;
  project: string;
  run: string;
  /** Place in the run; what is asked for again comes where its group was. */
  position: number;
  kind: 'scene' | 'rest' | 'single' | 'retry';
  state: GroupState;
  /** JSON list of `[unit, pair]`. */
  units: string;
  unit_count: number;
  /** Variables and options of the prompt pack as JSON. */
  request: string | null;
  /** The planned body, until it is over. */
  body: string | null;
  body_bytes: number;
  sha256: string;
  prompt_tokens: number;
  attempts: number;
  /** USD that it may cost at most; null where nobody knows. */
  bound: number | null;
  /** USD; the bound while it is not known. */
  cost: number;
  provider: string;
  model: string;
  code: string | null;
  message: string | null;
  /** The process that has it in hand. */
  lease_owner: string | null;
  /**
   * By the database's clock. A planned group is not taken before that: somebody has it in hand, or its provider asked to
   * wait. A sent one that nobody renewed by then belongs to a process that died.
   */
  lease_until: number | null;
  sent_at: number | null;
  ended_at: number | null;
  /** The provider batch that it is delivered in; null or missing for one that is sent by itself. */
  batch?: string | null;
  /** Tokens of the prompt as the provider counted them, and those of them that it read from its cache; null where it told none. */
  input_tokens?: number | null;
  cached_tokens?: number | null;
  /** USD less than without the provider's cache. */
  cache_saving?: number | null;
}

export type BatchState =
  /** Written down, with its money reserved; nothing that costs anything has left. */
  | 'prepared'
  /** The call that creates it is about to leave, or on its way. */
  | 'submitting'
  /** The provider has it. */
  | 'submitted'
  /** Nobody knows whether the provider has it. */
  | 'unknown'
  /** All its results are read. */
  | 'ended'
  /** The user had its lines sent again. */
  | 'given_up';

/** Groups that a provider answers together. Its id is also that of its entry in the ledger. */
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
  /** USD that it may cost at most. */
  bound: number;
  /** The provider's own word for its state, and its counts. */
  remote_status: string | null;
  completed: number | null;
  failed: number | null;
  message: string | null;
  created_at: number;
  submitted_at: number | null;
  expires_at: number | null;
  ended_at: number | null;
  /** The last four characters of the key that made it, as the call log has them; null where none is known. */
  key_last4?: string | null;
}

export interface RunRow {
  id: string;
  project: string;
  kind: 'translate' | 'retry';
  state: RunState;
  code: string | null;
  reason: string | null;
  /** USD that this run may cost; null without a limit of its own. */
  max_usd: number | null;
  groups: number;
  units: number;
  /** How it is to end: from then on no process begins another group. `give_up` also ends what is under way. */
  asked: 'pause' | 'cancel' | 'give_up' | 'wait' | null;
  /** The process that said last that it works on the run. */
  lease_owner: string | null;
  /** By the database's clock. */
  lease_until: number | null;
  started_at: number;
  ended_at: number | null;
  /** What every machine needs to know of it, as JSON; null in runs of earlier versions. */
  task: string | null;
  /** When all its groups were there. */
  planned_at: number | null;
  /**
   * Nano-USD that its project may come to; null without a limit, and in runs that are delivered as batches: theirs is
   * checked when a batch is submitted. Then the two below are not counted.
   */
  limit_nano: number | null;
  /** Nano-USD of the project when it began, and of its groups since. */
  spent_nano: number;
  /** Nano-USD of the bounds of what is under way, on all machines. */
  reserved_nano: number;
  /** Null or missing: each request by itself. */
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
  /** JSON list of the providers that it can send to. */
  providers: string;
  /** Groups in hand. */
  groups: number;
  /** The process, as in a lease; null in rows of earlier versions. */
  owner: string | null;
  /** The provider's limit that it waits for, as JSON of the API's `waits_for`; null while it does not. */
  waits_for: string | null;
  /** By the database's clock. */
  seen_at: number;
}

/** One accepted translation of a source and a speaker. */
export interface MemoryRow {
  /** `<project>:<pair>`, or a hash for entries of ComfyVN's. */
  id: string;
  /** Null for entries that came over ComfyVN's routes. */
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
