import type { FieldLists } from '../shared/field-lists.ts';

const nothingStored = 'nothing is stored here: send the whole conversation as `input` each time';
const openAiOnly = 'only OpenAI has it';

/** Source: platform.openai.com/docs/api-reference/responses/create, and the official client's `ResponseCreateParams`. */
export const responsesFields: FieldLists = {
  taken: [
    'model',
    'input',
    'instructions',
    'max_output_tokens',
    'metadata',
    'parallel_tool_calls',
    'reasoning',
    'stream',
    'temperature',
    'text',
    'tool_choice',
    'tools',
    'top_p',
    'user',
    'comfyvn',
  ],
  native: {
    prompt_cache_key: { why: openAiOnly },
    prompt_cache_retention: { why: openAiOnly },
    safety_identifier: { why: openAiOnly },
    service_tier: { why: openAiOnly, unless: ['auto', 'default'] },
  },
  accepted: {
    store: { why: nothingStored, unless: [false] },
    include: { why: 'what it asks for is not part of a translated reply' },
    max_tool_calls: { why: 'it limits hosted tools, and there are none here' },
    prompt_cache_options: { why: 'caching is left to the provider' },
    stream_options: { why: 'events carry no obfuscation' },
    truncation: { why: 'a conversation that is too long is left to the provider', unless: ['disabled'] },
  },
  refused: {
    background: {
      why: 'nothing runs in the background here: wait for the reply, or stream it',
      unless: [false],
    },
    context_management: { why: 'the conversation is not compacted here: shorten `input` yourself' },
    conversation: { why: nothingStored },
    moderation: { why: 'no moderation runs beside a reply here: call the provider’s own route for it' },
    previous_response_id: { why: nothingStored },
    prompt: { why: 'stored prompts are not reachable from here: write it into `instructions` and `input`' },
    top_logprobs: {
      why: 'a translated reply has no log probabilities: use /v1/chat/completions',
      unless: [0],
    },
  },
};

/** Fields of `reasoning`. */
export const reasoningFields: FieldLists = {
  taken: ['effort', 'summary', 'generate_summary'],
  native: {},
  accepted: {
    context: { why: 'reasoning of earlier turns is left to the provider', unless: ['auto'] },
    mode: { why: openAiOnly, unless: ['standard'] },
  },
  refused: {},
};

/** Fields of `text`. */
export const textFields: FieldLists = {
  taken: ['format', 'verbosity'],
  native: {},
  accepted: {},
  refused: {},
};

/** Fields of a function tool. */
export const functionToolFields: FieldLists = {
  taken: ['type', 'name', 'description', 'parameters', 'strict'],
  native: {},
  accepted: {
    output_schema: { why: 'a tool’s output is not described to the model' },
    allowed_callers: { why: 'the model calls every tool directly' },
    defer_loading: { why: 'every tool is loaded at once', unless: [false] },
  },
  refused: {},
};
