import { z } from 'zod';
import { chatRequest } from '../chat.ts';
import { operation } from './define.ts';

/** What a client of OpenAI's protocol may say to us and not to the provider, in one field that no provider has. */
export const chatOfOpenAi = z.object({
  comfyvn: chatRequest
    .pick({ retries: true, fallback: true, allow_retired: true, max_cost_usd: true })
    .optional(),
});

/** What OpenAI's clients read. A provider of that protocol may say more: its replies go on as they came. */
export const openAiModel = z.object({
  id: z.string(),
  object: z.literal('model'),
  /** Seconds since 1970; 0, since nobody tells. */
  created: z.number().int(),
  owned_by: z.string(),
});
export type OpenAiModel = z.infer<typeof openAiModel>;

export const openAiModelList = z.object({ object: z.literal('list'), data: z.array(openAiModel) });

export const openAiError = z.object({
  error: z.object({
    message: z.string(),
    /** OpenAI's word for the status. */
    type: z.string(),
    /** The field that was wrong, where one was. */
    param: z.string().nullable(),
    /** A code of ours, the same as on every other route. */
    code: z.string(),
  }),
});

export const openAiUsage = z.looseObject({
  prompt_tokens: z.number().int(),
  completion_tokens: z.number().int(),
  total_tokens: z.number().int(),
  prompt_tokens_details: z.looseObject({ cached_tokens: z.number().int() }).partial().optional(),
  completion_tokens_details: z.looseObject({ reasoning_tokens: z.number().int() }).partial().optional(),
  /** Counted by us, since the provider reported none. */
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

/** A model as other programs' lists show it. */
export const callableModel = z.object({
  /** What a request names: `provider/model`, `module:NAME`, `stub`, a runtime adapter's id. */
  id: z.string(),
  label: z.string(),
  description: z.string(),
  /** `module` for a module. */
  provider: z.string(),
  /** Tokens of context, and the most that a reply can have; null where nobody tells. */
  context: z.number().nullable(),
  maxOutput: z.number().nullable(),
  /** Beside text: `tools`, `vision`. */
  capabilities: z.array(z.string()),
});
export type CallableModel = z.infer<typeof callableModel>;

const modelId = z.strictObject({ id: z.string().min(1, 'name a model') });

/** A chat over `/v1` is `chat.send` or `chat.stream`; the lists are their own. */
export const openAiOperations = {
  'openai.models': operation('query', z.strictObject({}), openAiModelList),
  'openai.model': operation('query', modelId, openAiModel),
  'models.callable': operation('query', z.strictObject({}), z.object({ models: z.array(callableModel) })),
  'models.callableOne': operation('query', modelId, z.object({ model: callableModel })),
};
