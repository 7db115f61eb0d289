import { z } from 'zod';
import { fieldRules } from './field-rules.ts';
import { textDetail } from './coded-texts.ts';
import { attempt, chatRequest, cost, usage } from './chat.ts';
import { generationOptions } from './module-preset.ts';
import { checkResult } from './pack-check.ts';

/**
 * Live: a provider was or would have been called; dry: only planned; mock: answered here, without a network.
 */
const callMode = z.enum(['live', 'dry', 'mock']);

/** The call log's own key, which sorts by time; callers' request ids may repeat. */
export const callId = z.string().regex(/^[0-9a-v]{18}$/, fieldRules.call_id);

/** One call in the log. Names are those that answered; if none was found, as the caller wrote them. */
export const callRecord = z.object({
  id: callId,
  /** ISO time, UTC. */
  at: z.string(),
  request_id: z.string(),
  kind: z.enum(['chat', 'test_call', 'embedding']),
  door: z.enum(['http', 'ipc', 'cli', 'test']),
  /** The computer whose panel or server handled the call. */
  machine: z.string(),
  module: z.string().nullable(),
  preset: z.string().nullable(),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  mode: callMode,
  stream: z.boolean(),
  ok: z.boolean(),
  /** The status of this server's answer, or the one it would have had if no stream had started. */
  status: z.number().int(),
  code: z.string().nullable(),
  /** The provider's last status; null if it was not called, or did not answer. */
  upstream_status: z.number().int().nullable(),
  message: z.string().nullable(),
  attempts: z.number().int(),
  usage: usage.nullable(),
  /** All attempts together; null if the price is unknown or nothing was sent. */
  cost: cost.nullable(),
  timing: z.object({
    total_ms: z.number(),
    upstream_ms: z.number().nullable(),
    first_token_ms: z.number().nullable(),
  }),
  /** Hash (hex) and length in bytes of the sent or planned body. */
  sha256: z.string().nullable(),
  bytes: z.number().int().nullable(),
  /**
   * Last four characters of the last attempt's key; absent without a key, and for one under 12 characters.
   */
  key_last4: z.string().optional(),
  /** The beginning of the last message, if messages are stored. */
  preview: z.string().optional(),
});
export type CallRecord = z.infer<typeof callRecord>;

/** Messages and reply, stored only while the setting `record_bodies` is on; each truncated at 64 kB, secrets redacted. */
const callBodies = z.object({
  /** The messages as JSON text, which is incomplete if it was truncated. */
  messages: z.string(),
  reply: z.string(),
  cut: z.boolean(),
  /** In memory only, while the panel runs. */
  session: z.boolean().optional(),
});

/** A call's complete request with secrets redacted, enough to replay it. */
const keptRequest = chatRequest
  .omit({ context: true, metadata: true, tags: true, acknowledged: true, ack_token: true, dry_run: true })
  .extend({
    /** The prompt pack's options, which rank below the preset's. */
    pack_options: generationOptions.optional(),
    /** The prompt pack from which it was rendered. */
    pack: z.object({ module: z.string(), variables: z.record(z.string(), z.unknown()) }).optional(),
  });
export type KeptRequest = z.infer<typeof keptRequest>;

export const callDetail = callRecord.extend({
  steps: z.array(attempt),
  bodies: callBodies.nullable(),
  /** null if nothing, or only part, is stored: then the call cannot be replayed. */
  request: keptRequest.nullable(),
  /** The pack's current checks, applied to the stored reply; absent if that is not possible. */
  checks: z.array(checkResult).optional(),
});
export type CallDetail = z.infer<typeof callDetail>;

export const callSorts = [
  'status',
  'mode',
  'module',
  'model',
  'provider',
  'cost',
  'latency',
  'tokens',
  'first_token',
] as const;

const callFilter = {
  provider: z.string().optional(),
  module: z.string().optional(),
  model: z.string().optional(),
  status: z.number().int().optional(),
  mode: callMode.optional(),
  ok: z.boolean().optional(),
  /** Searches names, request id and error, and the beginning of messages and reply if those are stored. */
  text: z.string().trim().min(1).max(200).optional(),
  /** `YYYY-MM-DD`, UTC. */
  day: z.iso.date().optional(),
  /** First and last day of a range, inclusive, `YYYY-MM-DD`, UTC. */
  since: z.iso.date().optional(),
  until: z.iso.date().optional(),
};

/** Filters calls, for lists and totals. */
export const callFilterQuery = z.strictObject(callFilter);
export type CallFilterQuery = z.infer<typeof callFilterQuery>;

export const callQuery = z.strictObject({
  limit: z.number().int().min(1).max(500).default(100),
  /** Only calls older than this one: the `next` of the previous page. */
  before: callId.optional(),
  /**
   * Sorts by something other than time; pages then continue at `offset`, and calls without the value come
   * last.
   */
  sort: z.enum(callSorts).optional(),
  order: z.enum(['asc', 'desc']).optional(),
  offset: z.number().int().min(0).max(10_000_000).optional(),
  /** Only these calls, as far as they are still in the log. */
  ids: z.array(callId).min(1).max(500).optional(),
  ...callFilter,
});
export type CallQuery = z.infer<typeof callQuery>;

export const callIndexQuery = z.strictObject({
  ...callQuery.omit({ ids: true }).shape,
  limit: z.number().int().min(1).max(10_000).default(10_000),
});
export type CallIndexQuery = z.infer<typeof callIndexQuery>;

/**
 * Newest first. `next` is null at the end; a text search may return a short page with a `next` to continue.
 */
export const callPage = z.object({
  calls: z.array(callRecord),
  next: callId.nullable(),
});
export type CallPage = z.infer<typeof callPage>;

/** The ids of the calls that pass a filter, in order; a list of `ids` returns their records. */
export const callIndex = z.object({
  ids: z.array(callId),
  /**
   * By the id of a live call: the plans that were made of it before it was sent, newest first. They are not in
   * `ids`. A list that is sorted by something other than time has all plans in `ids`.
   */
  plans: z.record(callId, z.array(callId)),
  /** As in a page of calls. */
  next: callId.nullable(),
});
export type CallIndex = z.infer<typeof callIndex>;

/** Totals over calls. */
export const callTotals = z.object({
  calls: z.number().int(),
  live: z.number().int(),
  failed: z.number().int(),
  total_tokens: z.number(),
  cached_tokens: z.number(),
  /** USD of the calls with a known price. */
  usd: z.number(),
  /** Answered live calls with an unknown price. */
  unpriced: z.number().int(),
});
export type CallTotals = z.infer<typeof callTotals>;

/** Live calls by day (UTC), for charts. */
export const callCharts = z.object({
  from: z.string(),
  to: z.string(),
  modules: z.array(
    z.object({
      day: z.string(),
      module: z.string().nullable(),
      usd: z.number(),
      calls: z.number().int(),
      prompt_tokens: z.number(),
      cached_tokens: z.number(),
    }),
  ),
  /** Median time of answered calls, over a provider's latest 20,000 calls of any kind. */
  latency: z.array(
    z.object({ day: z.string(), provider: z.string(), median_ms: z.number(), calls: z.number().int() }),
  ),
});
export type CallCharts = z.infer<typeof callCharts>;

/** Live calls only; `usd` excludes calls with an unknown price. */
export const spendView = z.object({
  /** First and last day, UTC. */
  from: z.string(),
  to: z.string(),
  total_usd: z.number(),
  days: z.array(
    z.object({
      day: z.string(),
      provider: z.string(),
      usd: z.number(),
      calls: z.number().int(),
      failed: z.number().int(),
    }),
  ),
  providers: z.array(
    z.object({
      provider: z.string(),
      usd: z.number(),
      calls: z.number().int(),
      failed: z.number().int(),
      /** Median time of its latest 1,000 answered calls; null if there are none. */
      median_ms: z.number().nullable(),
      median_first_token_ms: z.number().nullable(),
    }),
  ),
});
export type SpendView = z.infer<typeof spendView>;

const limitSource = z.enum(['environment', 'panel']);

/** USD, days in UTC. A limit of null means no limit. */
export const budgetView = z.object({
  daily: z.number().nullable(),
  call: z.number().nullable(),
  /** Includes calls of unknown cost at their bound. Null while the ledger cannot be read. */
  spent_today: z.number().nullable(),
  /** Bounds of calls of unknown cost. */
  unknown_today: z.number().nullable(),
  /** Reserved for calls in progress, on every machine that shares the ledger. */
  reserved: z.number().nullable(),
  /** An environment variable takes precedence over the panel's setting. */
  source: z.object({ daily: limitSource, call: limitSource }),
  /** `unavailable`: paid calls are refused until the database can be used again. */
  ledger: z.enum(['available', 'unavailable']),
  /** The reason, for display. */
  ledger_problem: z.string().nullable(),
  /** Limits that could not be read; their defaults apply. */
  problems: z.array(z.string()),
  /** The same by `file_problem` in `coded-texts.ts`. */
  problem_details: z.array(textDetail).optional(),
});
export type BudgetView = z.infer<typeof budgetView>;

/** A call of unknown cost. It counts at its bound until it is settled. */
export const unknownSpend = z.object({
  id: z.string(),
  /** The UTC day for which it counts. */
  day: z.string(),
  reserved_at: z.string().nullable(),
  bound_usd: z.number(),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  module: z.string().nullable(),
  request_id: z.string().nullable(),
  /** Why its cost is unknown. */
  reason: z.string(),
  /** The same by `unknown_spend` in `coded-texts.ts`; absent for entries of earlier versions. */
  reason_detail: textDetail.optional(),
  /** The provider's own generation id, with which its cost can be looked up. */
  provider_ref: z.string().nullable(),
});
export type UnknownSpend = z.infer<typeof unknownSpend>;
