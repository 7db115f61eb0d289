import { z } from 'zod';
import { fieldRules } from '../field-rules.ts';
import { chatRequest } from '../chat.ts';
import { operation } from './define.ts';

/** Options for us rather than the provider, in one field that no provider has. */
export const chatOfOpenAi = z.object({
  comfyvn: chatRequest
    .pick({ retries: true, fallback: true, allow_retired: true, max_cost_usd: true })
    .optional(),
});

/**
 * The fields that OpenAI's clients read. A provider with that protocol may send more, because its replies are
 * passed through.
 */
export const openAiModel = z.object({
  id: z.string(),
  object: z.literal('model'),
  /** Seconds since 1970; 0, because the date is unknown. */
  created: z.number().int(),
  owned_by: z.string(),
});
export type OpenAiModel = z.infer<typeof openAiModel>;

export const openAiModelList = z.object({ object: z.literal('list'), data: z.array(openAiModel) });

export const openAiError = z.object({
  error: z.object({
    message: z.string(),
    /** OpenAI's name for the status. */
    type: z.string(),
    /** The invalid field, if there is one. */
    param: z.string().nullable(),
    /** Our own code, the same as on every other route. */
    code: z.string(),
  }),
});

export const openAiUsage = z.looseObject({
  prompt_tokens: z.number().int(),
  completion_tokens: z.number().int(),
  total_tokens: z.number().int(),
  prompt_tokens_details: z.looseObject({ cached_tokens: z.number().int() }).partial().optional(),
  completion_tokens_details: z.looseObject({ reasoning_tokens: z.number().int() }).partial().optional(),
  /** True if we counted because the provider reported nothing. */
  estimated: z.boolean().optional(),
});
export type OpenAiUsage = z.infer<typeof openAiUsage>;

const finish = z.enum(['stop', 'length', 'tool_calls', 'content_filter', 'function_call']);
export type OpenAiFinish = z.infer<typeof finish>;

const call = z.looseObject({
  id: z.string(),
  type: z.literal('function'),
  function: z.object({ name: z.string(), arguments: z.string() }),
});

const message = z.looseObject({
  role: z.literal('assistant'),
  content: z.string().nullable(),
  refusal: z.string().nullish(),
  reasoning_content: z.string().optional(),
  tool_calls: z.array(call).optional(),
});

export const chatCompletion = z.looseObject({
  id: z.string(),
  object: z.literal('chat.completion'),
  created: z.number().int(),
  model: z.string(),
  choices: z.array(z.looseObject({ index: z.number().int(), message, finish_reason: finish })),
  usage: openAiUsage.optional(),
});
export type ChatCompletion = z.infer<typeof chatCompletion>;

const delta = z.looseObject({
  role: z.literal('assistant').optional(),
  content: z.string().nullish(),
  reasoning_content: z.string().optional(),
  tool_calls: z.array(z.looseObject({ index: z.number().int() })).optional(),
});
export type CompletionDelta = z.infer<typeof delta>;

export const chatCompletionChunk = z.looseObject({
  id: z.string(),
  object: z.literal('chat.completion.chunk'),
  created: z.number().int(),
  model: z.string(),
  choices: z.array(z.looseObject({ index: z.number().int(), delta, finish_reason: finish.nullish() })),
  usage: openAiUsage.nullish(),
});
export type ChatCompletionChunk = z.infer<typeof chatCompletionChunk>;

/** A model as other programs list it. */
export const callableModel = z.object({
  /** The id in a request: `provider/model`, `module:NAME`, `stub`, a runtime adapter's id. */
  id: z.string(),
  label: z.string(),
  description: z.string(),
  /** `module` for a module. */
  provider: z.string(),
  /** Context size and maximum reply length in tokens; null if unknown. */
  context: z.number().nullable(),
  maxOutput: z.number().nullable(),
  /** In addition to text: `tools`, `vision`. */
  capabilities: z.array(z.string()),
});
export type CallableModel = z.infer<typeof callableModel>;

const modelId = z.strictObject({ id: z.string().min(1, fieldRules.has_model) });

/** A chat over `/v1` is `chat.send` or `chat.stream`; the model lists are separate operations. */
export const openAiOperations = {
  'openai.models': operation('query', z.strictObject({}), openAiModelList),
  'openai.model': operation('query', modelId, openAiModel),
  'models.callable': operation('query', z.strictObject({}), z.object({ models: z.array(callableModel) })),
  'models.callableOne': operation('query', modelId, z.object({ model: callableModel })),
};
