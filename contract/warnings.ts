import { z } from 'zod';
import { reasonDetail, ruleValues, type ReasonDetail } from './reasons.ts';

const text = z.string();
const count = z.number();
const orNull = text.nullable();

/** USD per million tokens, before a change and after it. */
const prices = { input: count, output: count, input_before: count, output_before: count };

/** Every warning about a plan, a reply or a module, by its code: the values that its text contains. */
export const warningValues = {
  // Who answers
  unlisted_model: z.object({ model: text, provider: text }),
  preset_replaced: z.object({
    module: text,
    preset: text,
    model: text,
    status: z.enum(['deprecated', 'never_released', 'gone']),
    /** The day on which the model ends. */
    shutdown: orNull,
    /** The preset that serves instead. */
    replacement: orNull,
  }),
  model_retired: z.object({ model: text, shutdown: orNull, successor: orNull }),
  model_never_released: z.object({ model: text, successor: orNull }),
  model_deprecated: z.object({ model: text, shutdown: orNull, successor: orNull }),
  unknown_provider: z.object({ provider: text }),
  // Notices of modules, in advance
  /** `days` until then; `preset`, with the model `heir`, serves the module afterwards. */
  model_ends: z.object({
    model: text,
    date: text,
    days: count,
    module: text,
    preset: orNull,
    heir: orNull,
  }),
  /** As named by ComfyVN's registry file. */
  default_model_ends: z.object({ model: text, date: text, days: count, successor: orNull }),
  /** `ends` are dates with their sources. */
  end_dates_differ: z.object({ model: text, ends: text }),
  price_will_change: z.object({ model: text, date: text, ...prices }),
  price_changed: z.object({ model: text, provider: text, date: text, ...prices }),
  model_missing: z.object({ model: text, provider: text, date: text }),
  // What is sent
  rule_ignored: z.object({ rule: text }),
  unknown_rule: z.object({ rule: text, model: text }),
  ...ruleValues,
  /** `reason` is in English. Its code is in `reason_detail`, beside these values. */
  message_part_dropped: z.object({ part: text, reason: text }),
  prompt_exceeds_context: z.object({ model: text, tokens: count, context: count }),
  reply_exceeds_context: z.object({ model: text, tokens: count, reply: count, context: count }),
  /** `num_ctx` was set by the request. */
  ollama_num_ctx_too_small: z.object({ tokens: count, context: count }),
  /** `can_raise`: `num_ctx` or the provider’s setting `allow_num_ctx` would prevent it. */
  ollama_context_too_small: z.object({ tokens: count, context: count, can_raise: z.boolean() }),
  first_of_several_requests: z.object({ requests: count, texts: count }),
  // Test calls
  no_provider_named: z.object({}),
  stub_answered: z.object({ provider: text }),
  paid_provider_not_called: z.object({ provider: text }),
  provider_switched_off: z.object({ provider: text }),
  // The reply
  prompt_cut_by_server: z.object({ reported: count, sent: count }),
  reply_cut: z.object({ tokens: count.nullable() }),
  reply_from_reasoning: z.object({}),
  key_refused: z.object({ provider: text, key: text, status: count.nullable() }),
  usage_replaced: z.object({
    reported_prompt: count,
    reported_reply: count,
    prompt: count,
    reply: count,
  }),
  /** `usd` is what the provider reported; null for infinity. */
  cost_replaced: z.object({ usd: count.nullable(), problem: z.enum(['impossible', 'zero', 'too_high']) }),
  charges_not_reported: z.object({}),
  cost_above_bound: z.object({ usd: count, bound: count }),
} as const;

export type WarningCode = keyof typeof warningValues;
export type WarningValues = { [C in WarningCode]: z.infer<(typeof warningValues)[C]> };
export type Warning<C extends WarningCode = WarningCode> = {
  [K in C]: { code: K; message: string; values: WarningValues[K]; reason_detail?: ReasonDetail };
}[C];

export const warningCodes = Object.keys(warningValues) as [WarningCode, ...WarningCode[]];

/** A warning with its code and values, so that a program can translate it; `message` is in English. */
export const warningDetail = z.object({
  code: z.enum(warningCodes),
  message: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** The code and values of `values.reason`, if there is one. */
  reason_detail: reasonDetail.optional(),
});
export type WarningDetail = z.infer<typeof warningDetail>;

/** `warnings` are the messages of `warning_details`, in the same order. */
export const warningFields = {
  warnings: z.array(z.string()),
  warning_details: z.array(warningDetail),
};
