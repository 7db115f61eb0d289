import type { FieldLists } from '../shared/field-lists.ts';

const chatRoute = 'use /v1/chat/completions';

/** Sampling parameters of text-completion front ends; OpenAI has none of them, but most local servers do. */
export const samplerNames = ['top_k', 'min_p', 'typical_p', 'repetition_penalty'] as const;

/** Source: platform.openai.com/docs/api-reference/completions/create, and the official client's types. */
export const completionsFields: FieldLists = {
  taken: [
    'model',
    'prompt',
    'frequency_penalty',
    'max_tokens',
    'presence_penalty',
    'seed',
    'stop',
    'stream',
    'stream_options',
    'temperature',
    'top_p',
    'user',
    'comfyvn',
    ...samplerNames,
  ],
  native: { logit_bias: { why: 'only OpenAI’s protocol has it' } },
  accepted: {},
  refused: {
    best_of: { why: 'one reply is made a request', unless: [1] },
    echo: { why: 'the prompt is a chat message here and is not repeated', unless: [false] },
    logprobs: { why: `a text completion here has no log probabilities: ${chatRoute}` },
    n: { why: 'one reply is made a request', unless: [1] },
    suffix: { why: 'no text can be filled in before a suffix: the model is asked by chat', unless: [''] },
  },
};
