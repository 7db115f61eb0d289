import { z } from 'zod';
import { fieldRules } from './field-rules.ts';
import { dryRunAnswer } from './chat.ts';
import { textDetail } from './coded-texts.ts';
import { warningFields } from './warnings.ts';

/** `new → draft → flagged | reviewed → locked`. No run overwrites `reviewed` or `locked`. */
export const unitState = z.enum(['new', 'draft', 'flagged', 'reviewed', 'locked']);
export type UnitStateName = z.infer<typeof unitState>;

const language = z.string().min(1).max(100);
const column = z.union([z.string(), z.number().int().nonnegative()]);

/** Settings that a user can change, in `project.json` or through the API. */
export const projectOptions = {
  name: z.string().min(1).max(200),
  target_language: language,
  source_language: language.optional(),
  /**
   * The game's name for the language (Ren'Py: the folder below `tl`); derived from `target_language` by
   * default.
   */
  language_folder: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, fieldRules.letters_underscore)
    .optional(),
  /** Formats to read; by default the game engine's own, else every format that is found. */
  formats: z.array(z.string()).optional(),
  /** Paths to read, such as `data/*.json`; `*` matches within a name, `**` also matches folders. */
  include: z.array(z.string()).optional(),
  exclude: z.array(z.string()).optional(),
  encoding: z.string().optional(),
  columns: z
    .strictObject({
      header: z.boolean().optional(),
      source: column,
      target: column.optional(),
      key: column.optional(),
      speaker: column.optional(),
    })
    .optional(),
  /** RPG Maker: also notes and comments. */
  comments: z.boolean().optional(),
  provider: z.string().optional(),
  model: z.string().optional(),
  /** A preset of the module `translate`; without any of these its active one. */
  preset: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  /** Instructions included in every request. */
  style: z.string().max(4000).optional(),
  /**
   * `off`: the constant part of requests is not marked for the provider's cache, and no cache key is sent.
   */
  prompt_cache: z.enum(['auto', 'off']).optional(),
  /** Lines per request. */
  group_lines: z.number().int().min(1).max(200).default(40),
  /** Lines before a group that are sent with it as context. */
  context_lines: z.number().int().min(0).max(20).default(4),
  /**
   * `planned`: the context is fixed when the run is planned, and the planned bytes are sent. `latest`: a
   * request is planned again right before it is sent, with the translations that have arrived since.
   */
  context: z.enum(['planned', 'latest']).default('planned'),
  concurrency: z.number().int().min(1).max(64).default(4),
  /** Limit in USD for all runs of the project together. */
  limit_usd: z.number().nonnegative().optional(),
  /** Translations of other projects: `offer` shows them, `reviewed` uses those that were reviewed. */
  other_projects: z.enum(['off', 'offer', 'reviewed']).default('offer'),
} as const;

/** `project.json`. `game` is a path, relative to the project's folder unless it is absolute. */
export const projectFile = z.strictObject({
  format: z.literal(1).default(1),
  id: z.string().regex(/^[\w-]{1,64}$/, fieldRules.letters_underscore_hyphen),
  game: z.string().min(1),
  ...projectOptions,
});
export type ProjectFile = z.infer<typeof projectFile>;

export const glossaryEntry = z.object({
  term: z.string().min(1).max(500),
  translation: z.string().max(500).default(''),
  kind: z.string().max(100).default(''),
  gender: z.string().max(100).default(''),
  voice: z.string().max(500).default(''),
  note: z.string().max(1000).default(''),
});

export const problem = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  /** What the message contains, by `unit_problem` in `coded-texts.ts`; records of older versions have none. */
  values: textDetail.shape.values.optional(),
  /** The words concerned, as in the two texts, for highlighting. */
  words: z.object({ source: z.array(z.string()), target: z.array(z.string()) }).optional(),
});

const counts = z.record(z.string(), z.number());

const limitWait = z.object({ provider: z.string(), limit: z.string().nullable(), until: z.string() });

export const runView = z.object({
  id: z.string(),
  kind: z.enum(['translate', 'retry']),
  delivery: z.enum(['live', 'batch']),
  state: z.enum(['running', 'waiting', 'paused', 'cancelled', 'done']),
  /** Why it waits: an error code and a message. */
  code: z.string().nullable(),
  reason: z.string().nullable(),
  /** The reason as a code of `run_end` in `coded-texts.ts`, unless it is an error’s message. */
  reason_detail: textDetail.optional(),
  groups: z.number(),
  units: z.number(),
  groups_by_state: counts,
  /** Machines that reported working on it in the last half minute. */
  machines: z.array(z.string()),
  /** The same processes with their activity: `groups` and `waits_for` are from their last report. */
  processes: z.array(
    z.object({
      machine: z.string(),
      pid: z.number().nullable(),
      /** The process that answers this request. */
      is_here: z.boolean(),
      /** Requests in progress. */
      groups: z.number(),
      /** Milliseconds since its last report. */
      seen_ago_ms: z.number(),
      waits_for: limitWait.nullable(),
    }),
  ),
  /** USD, with unknown costs at their bound. */
  spent_usd: z.number(),
  /**
   * For requests whose provider reports its cache; null if none does. `saved_usd` is null without a known
   * price.
   */
  cache: z
    .object({ input_tokens: z.number(), cached_tokens: z.number(), saved_usd: z.number().nullable() })
    .nullable(),
  max_usd: z.number().nullable(),
  /**
   * A provider's limit that has no room before `until`; `limit` is null if the provider asked for the wait.
   */
  waits_for: limitWait.nullable(),
  /**
   * Maximum cost in USD of a batch above a limit: `translate.run` with exactly this `confirm_usd` submits it.
   */
  confirm_usd: z.number().nullable(),
  started_at: z.string(),
  ended_at: z.string().nullable(),
});
export type RunView = z.infer<typeof runView>;

/** A project's requests that are at a provider as one batch. */
export const providerBatchView = z.object({
  id: z.string(),
  provider: z.string(),
  model: z.string(),
  /**
   * `unknown`: it was submitted but not confirmed, so it may be billed; it is not sent again automatically.
   */
  state: z.enum(['preparing', 'submitted', 'unknown']),
  /** The provider's id, and its own name for the state. */
  remote_id: z.string().nullable(),
  /** The last four characters of the key that created it: only that key can read it. */
  key_last4: z.string().nullable(),
  remote_status: z.string().nullable(),
  requests: z.number(),
  completed: z.number().nullable(),
  failed: z.number().nullable(),
  /** Maximum cost in USD. */
  bound_usd: z.number(),
  message: z.string().nullable(),
  submitted_at: z.string().nullable(),
  expires_at: z.string().nullable(),
});
export type ProviderBatchView = z.infer<typeof providerBatchView>;

export const projectView = z.object({
  id: z.string(),
  name: z.string(),
  folder: z.string(),
  game: z.string(),
  settings: projectFile,
  files: z.number(),
  units: z.object({
    total: z.number(),
    by_state: counts,
    /** Equal texts that are translated together with an earlier one. */
    repeats: z.number(),
    stale: z.number(),
    gone: z.number(),
    /** In groups that may have been billed. */
    held: z.number(),
    with_errors: z.number(),
    with_warnings: z.number(),
    /** Flagged lines without a translation: no request could translate them. */
    unanswered: z.number(),
  }),
  spent_usd: z.number(),
  unknown_groups: z.number(),
  /** Batches at a provider. */
  batches: z.array(providerBatchView),
  run: runView.nullable(),
  imported_at: z.string().nullable(),
});
export type ProjectView = z.infer<typeof projectView>;

export const projectLine = projectView
  .pick({ id: true, name: true, folder: true, imported_at: true })
  .extend({
    target_language: z.string(),
  });
export type ProjectLine = z.infer<typeof projectLine>;

export const importReport = z.object({
  files: z.number(),
  units: z.number(),
  new: z.number(),
  changed: z.number(),
  gone: z.number(),
  repeats: z.number(),
  /** Taken from the project's memory or, if enabled, from other projects. */
  remembered: z.number(),
  read: z.array(z.object({ path: z.string(), format: z.string(), encoding: z.string(), units: z.number() })),
  /** Files that contain text but were not read, with the reason, and its code of `left_out_file`. */
  left_out: z.array(z.object({ path: z.string(), reason: z.string(), reason_detail: textDetail.optional() })),
  warnings: z.array(z.string()),
});
export type ImportReport = z.infer<typeof importReport>;

/**
 * USD. `min`: all that a provider may keep of the prompts is read from its cache; `expected`: what is sure to be kept is
 * read, all else is written or sent; `max`: nothing is.
 */
const range = z.object({ min: z.number(), expected: z.number(), max: z.number().nullable() });

export const plannedGroup = z.object({
  lines: z.number(),
  first: z.object({ file: z.string(), unit: z.string(), scene: z.string().nullable() }),
  prompt_tokens: z.number(),
  bytes: z.number(),
  sha256: z.string(),
  cost: z.object({ min: z.number(), max: z.number().nullable() }).nullable(),
  body: z.unknown(),
});

export const translationPlan = z.object({
  provider: z.string(),
  model: z.string(),
  groups: z.number(),
  units: z.number(),
  repeats: z.number(),
  held: z.number(),
  offered: z.number(),
  prompt_tokens: z.number(),
  /** Estimated tokens of the replies, from the length of the lines. */
  completion_tokens: z.number(),
  bytes: z.number(),
  /** USD; null if the price is unknown. `max` is the amount reserved. */
  cost: range.nullable(),
  /** Expected duration of a run, by the model's latest requests; null if it has answered none. */
  seconds: z.number().nullable(),
  /** The batch price, if the provider supports batches; null otherwise. */
  batch_cost: range.nullable(),
  limit_usd: z.number().nullable(),
  spent_usd: z.number(),
  /** The first groups, with their requests. */
  first_groups: z.array(plannedGroup),
  ...warningFields,
});
export type TranslationPlan = z.infer<typeof translationPlan>;

export const unitView = z.object({
  id: z.string(),
  file: z.string(),
  key: z.string(),
  ordinal: z.number(),
  scene: z.string().nullable(),
  speaker: z.string().nullable(),
  note: z.string().nullable(),
  source: z.string(),
  target: z.string().nullable(),
  state: unitState,
  stale: z.boolean(),
  gone: z.boolean(),
  repeat: z.boolean(),
  held: z.boolean(),
  max_cells: z.number().nullable(),
  read_only: z.string().nullable(),
  problems: z.array(problem),
  origin: z.string().nullable(),
  model: z.string().nullable(),
  previous: z.object({ source: z.string(), target: z.string(), state: z.string() }).nullable(),
  updated_at: z.string(),
});
export type UnitView = z.infer<typeof unitView>;

export const groupView = z.object({
  id: z.string(),
  run: z.string(),
  kind: z.string(),
  state: z.enum(['planned', 'sent', 'done', 'failed', 'unknown']),
  units: z.number(),
  sha256: z.string(),
  bytes: z.number(),
  attempts: z.number(),
  cost_usd: z.number(),
  provider: z.string(),
  model: z.string(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  sent_at: z.string().nullable(),
});

export const exportReport = z.object({
  folder: z.string(),
  files: z.array(z.object({ path: z.string(), units: z.number() })),
  written_units: z.number(),
  left_out: z.object({
    untranslated: z.number(),
    flagged: z.number(),
    stale: z.number(),
    read_only: z.number(),
  }),
  problems: z.array(
    z.object({
      path: z.string(),
      key: z.string(),
      code: z.string(),
      message: z.string(),
      /** The same by `write_problem` in `coded-texts.ts`. */
      message_detail: textDetail.optional(),
    }),
  ),
});
export type ExportReport = z.infer<typeof exportReport>;

/** Counts of a project's units, for browsing. */
export const projectFacets = z.object({
  files: z.array(
    z.object({
      path: z.string(),
      format: z.string(),
      encoding: z.string(),
      bytes: z.number(),
      units: z.number(),
      /** Total characters of all its sources. */
      characters: z.number(),
      repeats: z.number(),
      /** Units with an accepted or drafted translation. */
      translated: z.number(),
      flagged: z.number(),
      warnings: z.array(z.string()),
      /** By `file_warning` in `coded-texts.ts`, in the same order; null for notes of older versions. */
      warning_details: z.array(textDetail.nullable()).optional(),
    }),
  ),
  /** Speakers with the most units first; null is text without a speaker. */
  speakers: z.array(z.object({ speaker: z.string().nullable(), units: z.number() })),
  problems: z.array(z.object({ code: z.string(), units: z.number() })),
});
export type ProjectFacets = z.infer<typeof projectFacets>;

/** A translation that a later one replaced. */
export const earlierText = z.object({
  target: z.string(),
  state: unitState,
  origin: z.string().nullable(),
  model: z.string().nullable(),
  replaced_at: z.string(),
});

/** A request for some units: one that was sent, or one that a run would send. */
export const groupRequest = z.object({
  answer: dryRunAnswer,
  /** The group that was sent; null for a plan. */
  group: groupView.nullable(),
  /** Whether the request rebuilt from stored data equals the sent one byte for byte; null for a plan. */
  identical: z.boolean().nullable(),
  units: z.number(),
  /** The group's cost in USD divided by its units. */
  cost_per_unit: z.number().nullable(),
});
export type GroupRequest = z.infer<typeof groupRequest>;
