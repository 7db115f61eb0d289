import type { FieldLists } from '../shared/field-lists.ts';

const noLogprobs = { why: 'a translated reply has no log probabilities', unless: [false, 0] };
const loaded = { why: 'how long a model stays loaded is the provider’s affair' };

/** Source: docs.ollama.com/openapi.yaml (`ChatRequest`), api/types.go. */
export const chatFields: FieldLists = {
  taken: ['model', 'messages', 'stream', 'format', 'options', 'tools', 'think', 'comfyvn'],
  native: {
    keep_alive: loaded,
    shift: { why: 'a conversation that is too long is left to the provider' },
    truncate: { why: 'a conversation that is too long is left to the provider' },
  },
  accepted: {},
  refused: { logprobs: noLogprobs, top_logprobs: noLogprobs },
};

/** Source: docs.ollama.com/openapi.yaml (`GenerateRequest`), api/types.go. */
export const generateFields: FieldLists = {
  taken: ['model', 'prompt', 'system', 'images', 'stream', 'format', 'options', 'think', 'comfyvn'],
  native: chatFields.native,
  accepted: {
    raw: { why: 'the prompt is sent as one user message, in the model’s own chat format', unless: [false] },
    template: { why: 'the model’s own chat format is used', unless: [''] },
  },
  refused: {
    context: { why: 'nothing is remembered between calls: use /api/chat and send the messages' },
    height: { why: 'no images are made here', unless: [0] },
    logprobs: noLogprobs,
    steps: { why: 'no images are made here', unless: [0] },
    suffix: { why: 'no text can be filled in before a suffix: the model is asked by chat', unless: [''] },
    top_logprobs: noLogprobs,
    width: { why: 'no images are made here', unless: [0] },
  },
};

const runtime = { why: 'only Ollama has it: the provider decides how it runs the model' };

/** Fields of `options`. Source: docs.ollama.com/modelfile, and the official client's `Options`. */
export const optionFields: FieldLists = {
  taken: [
    'num_predict',
    'temperature',
    'top_p',
    'seed',
    'stop',
    'presence_penalty',
    'frequency_penalty',
    'top_k',
    'min_p',
    'typical_p',
    'repeat_penalty',
  ],
  native: Object.fromEntries(
    [
      'embedding_only',
      'f16_kv',
      'logits_all',
      'low_vram',
      'main_gpu',
      'mirostat',
      'mirostat_eta',
      'mirostat_tau',
      'num_batch',
      'num_ctx',
      'num_gpu',
      'num_keep',
      'num_thread',
      'numa',
      'penalize_newline',
      'repeat_last_n',
      'tfs_z',
      'use_mlock',
      'use_mmap',
      'vocab_only',
    ].map((name) => [name, runtime]),
  ),
  accepted: {},
  refused: {},
};
