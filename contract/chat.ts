import { z } from 'zod';
import { fieldRules } from './field-rules.ts';
import type { ConnectionFailure } from './connection-failure.ts';
import { dropped, estimate, priceUsed, rewritten, wirePlan } from './plan.ts';
import { warningFields } from './warnings.ts';
import { generationOptions, jsonSchema, lifecycleView, providerOptions } from './module-preset.ts';

/** OpenAI's message format is the neutral one. Unknown fields are sent to protocols that support them. */
export const message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.union([z.string(), z.array(z.looseObject({ type: z.string() })), z.null()]).optional(),
});
export type Message = z.infer<typeof message>;

/** OpenAI's own top-level fields, equivalent to the same fields in `params`. */
export const openAiFields = {
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  max_tokens: z.number().int().positive().nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  seed: z.number().int().nullish(),
  presence_penalty: z.number().nullish(),
  frequency_penalty: z.number().nullish(),
  response_format: z.record(z.string(), z.unknown()).nullish(),
  tools: z.array(z.record(z.string(), z.unknown())).nullish(),
  tool_choice: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish(),
  n: z.number().int().positive().nullish(),
  user: z.string().nullish(),
  stream_options: z.record(z.string(), z.unknown()).nullish(),
} as const;

/** ComfyVN sends these for its own rating gate; accepted and ignored. */
export const ignoredFields = {
  tags: z.unknown().optional(),
  acknowledged: z.unknown().optional(),
  ack_token: z.unknown().optional(),
} as const;

const target = {
  /** A registry provider's name or a runtime adapter's id. */
  provider: z.string().optional(),
  model: z.string().nullish(),
};

export const chatRequest = z.strictObject({
  ...target,
  ...openAiFields,
  ...ignoredFields,
  module: z.string().optional(),
  /** A preset of the module other than its active one. */
  preset: z.string().optional(),
  messages: z.array(message).min(1, fieldRules.has_message),
  params: z.record(z.string(), z.unknown()).optional(),
  /** `null` turns the module's schema off. */
  schema: jsonSchema.nullish(),
  stream: z.boolean().optional(),
  mock: z.boolean().optional(),
  dry_run: z.boolean().optional(),
  retries: z.number().int().min(0).max(5).optional(),
  fallback: z.enum(['none', 'shortlist']).optional(),
  allow_retired: z.boolean().optional(),
  /** Ids of model rules to ignore for this call. */
  ignore_rules: z.array(z.string()).max(100).optional(),
  provider_options: providerOptions.optional(),
  /** The caller's cap, reserved for a call whose cost has no bound. */
  max_cost_usd: z.number().positive().max(1_000_000).optional(),
  context: z.unknown().optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
export type ChatRequest = z.infer<typeof chatRequest>;

export const testCallRequest = z.strictObject({
  ...target,
  ...openAiFields,
  ...ignoredFields,
  registry_id: z.string().optional(),
  messages: z.array(message).optional(),
  prompt: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  live: z.boolean().optional(),
});
export type TestCallRequest = z.infer<typeof testCallRequest>;

/** Token counts, the same for every protocol. `estimated` if the provider reported none. */
export const usage = z.object({
  prompt_tokens: z.number().int().nonnegative(),
  completion_tokens: z.number().int().nonnegative(),
  total_tokens: z.number().int().nonnegative(),
  cached_tokens: z.number().int().nonnegative().optional(),
  reasoning_tokens: z.number().int().nonnegative().optional(),
  /** Prompt tokens written to a cache: for five minutes (or the provider's default time), and for an hour. */
  cache_write_tokens: z.number().int().nonnegative().optional(),
  cache_write_1h_tokens: z.number().int().nonnegative().optional(),
  estimated: z.boolean().optional(),
});
export type Usage = z.infer<typeof usage>;

export const finishReason = z.enum(['stop', 'length', 'tool_calls', 'content_filter', 'other']);
export type FinishReason = z.infer<typeof finishReason>;

export const toolCall = z.object({
  id: z.string(),
  type: z.literal('function'),
  function: z.object({ name: z.string(), arguments: z.string() }),
  /**
   * Data to send back to the provider with the call (Gemini's thought signature), in the format of its OpenAI
   * endpoint.
   */
  extra_content: z.record(z.string(), z.unknown()).optional(),
});
export type ToolCall = z.infer<typeof toolCall>;

/** The cost of a call. `source` distinguishes the provider's own figure from ours. */
export const cost = z.object({
  total: z.number(),
  currency: z.literal('USD'),
  source: z.enum(['provider', 'price_table', 'free']),
  estimated: z.boolean().optional(),
  /** USD saved by the provider's cache; negative if cache writes cost more than was saved. */
  cache_saving: z.number().optional(),
});
export type Cost = z.infer<typeof cost>;

export const attempt = z.object({
  n: z.number(),
  provider: z.string(),
  model: z.string(),
  preset: z.string().optional(),
  /** `key`: the provider refused the previous key, and nothing was billed. */
  reason: z.enum(['first', 'retry', 'fallback', 'schema', 'key']),
  status: z.number().nullable(),
  code: z.string().nullable(),
  message: z.string().optional(),
  ms: z.number(),
  waited_ms: z.number().optional(),
  /** Last four characters of the key; absent without one, and for one under 12 characters. */
  key_last4: z.string().optional(),
  /** Time spent waiting for the provider's rate limits before sending. */
  queued_ms: z.number().optional(),
  cost: cost.nullish(),
  /**
   * The attempt's ledger entry: `none` cost nothing, `settled` at `cost`, `unknown` counts at its bound until
   * it is settled. Absent if nothing had to be reserved.
   */
  charge: z.enum(['none', 'settled', 'unknown']).optional(),
});
export type Attempt = z.infer<typeof attempt>;

export const resolution = z.object({
  provider: z.string(),
  model: z.string(),
  module: z.string().nullable(),
  preset: z.string().nullable(),
  /** The rule that decided, see `main/core/chat/resolve/resolve.ts`. */
  via: z.enum([
    'provider',
    'provider/model',
    'module:name',
    'provider-as-model',
    'listed-model',
    'module',
    'defaults',
    'stub',
  ]),
});
export type Resolution = z.infer<typeof resolution>;

const changed = {
  applied: z.array(z.string()),
  dropped: z.array(dropped),
  rewritten: z.array(rewritten),
};

export const dryRunAnswer = z.object({
  dry_run: z.literal(true),
  ...resolution.pick({ provider: true, model: true, module: true, preset: true }).shape,
  resolution,
  lifecycle: lifecycleView,
  options: generationOptions,
  plan: wirePlan,
  ...changed,
  ...warningFields,
  estimate,
});
export type DryRunAnswer = z.infer<typeof dryRunAnswer>;

export const chatAnswer = z.object({
  ...resolution.pick({ provider: true, model: true, module: true, preset: true }).shape,
  reply: z.string(),
  data: z.object({
    reply: z.string(),
    json: z.unknown().optional(),
    repaired: z.boolean().optional(),
    tool_calls: z.array(toolCall).optional(),
    reasoning: z.string().optional(),
    raw: z.unknown(),
    headers: z.record(z.string(), z.string()),
    usage: usage.nullable(),
    finish_reason: finishReason.nullable(),
  }),
  usage: usage.nullable(),
  pricing_hint: priceUsed.nullable(),
  cost: cost.nullable(),
  timing: z.object({
    total_ms: z.number(),
    upstream_ms: z.number(),
    first_token_ms: z.number().optional(),
    /** Time spent waiting for the provider's rate limits; absent if there was no wait. */
    queued_ms: z.number().optional(),
  }),
  attempts: z.array(attempt),
  ...changed,
  resolution,
  ...warningFields,
  context: z.unknown(),
  mock: z.boolean(),
});
export type ChatAnswer = z.infer<typeof chatAnswer>;

export const testCallAnswer = z.object({
  reply: z.string(),
  data: z.object({
    reply: z.string(),
    raw: z.unknown(),
    headers: z.record(z.string(), z.string()),
    usage: usage.nullable(),
  }),
  dry_run: z.boolean(),
  plan: wirePlan.optional(),
  estimate: estimate.optional(),
  ...warningFields,
  rating_gate: z.null(),
});
export type TestCallAnswer = z.infer<typeof testCallAnswer>;

/** A part of a tool call; append `arguments` to the earlier parts with the same index. */
export type ToolDelta = Partial<Pick<ToolCall, 'id' | 'extra_content'>> & {
  index: number;
  name?: string;
  arguments?: string;
};

/** Sent before another attempt: the wait in milliseconds, and the reason. */
export interface RetryWait {
  /** For `chat.sendNow`, because a wait may come before the event `start`. */
  request_id: string;
  ms: number;
  /** The number of the attempt that failed, from 1. */
  n: number;
  status: number | null;
  code: string;
  /** The provider's own message. */
  message: string;
  /** True if the provider asked for this wait, false for our own. */
  asked: boolean;
  /**
   * The rate limit that has no room yet; absent if this is not a wait for a limit, null if the limit is
   * unknown.
   */
  limit?: string | null;
}

/** One event of a stream; exactly one `done` or `error` ends it. */
export type ChatStreamEvent =
  | { event: 'start'; data: { request_id: string; provider: string; model: string; module: string | null } }
  | { event: 'delta'; data: { text: string } }
  | { event: 'tool'; data: ToolDelta }
  | { event: 'reasoning'; data: { text: string } }
  | { event: 'usage'; data: Usage }
  | { event: 'waiting'; data: RetryWait }
  | { event: 'done'; data: ChatAnswer & { ok: true; request_id: string } }
  | { event: 'error'; data: Record<string, unknown> };

/** `details` of a failed provider call: the provider's own message, with secrets redacted. */
export type ProviderFailure = {
  provider: string;
  model: string;
  upstream_status: number | null;
  upstream_code: string | null;
  upstream_message: string;
  upstream_body?: string;
  retry_after_ms?: number;
  attempts: Attempt[];
  hint?: string;
  /** The code and values of `upstream_message`, if no reply came. */
  connection?: ConnectionFailure;
};
