/** The protocol of one provider in the registry: the expected requests, and its replies. */
export interface Protocol {
  /** The registry provider's name. */
  provider: string;
  model: string;
  /** Appended to the upstream's address in `COMFYVN_LLM_<PROVIDER>_BASE_URL`. */
  base: string;
  /** Path and query of a live call. */
  path: { json: string; stream: string };
  /** This vendor's header for the key, and the prefix in it. */
  key: { header: string; prefix: string };
  streams: boolean;
  /** A complete reply with this text, 11 input and 5 output tokens. */
  reply(text: string): unknown;
  /** The same as a stream, with a chunk per text. */
  stream(...texts: string[]): string[];
  /** The vendor's error body. */
  error(message: string): unknown;
  /** An error in the middle of a stream that began with 200. */
  errorEvent(message: string): string;
}

const data = (value: unknown) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;
const line = (value: unknown) => `${JSON.stringify(value)}\n`;
const named = (event: string, value: object) => `event: ${event}\n${data({ type: event, ...value })}`;
const bearer = { header: 'authorization', prefix: 'Bearer ' };

function openAiLike(overrides: Partial<Protocol> & Pick<Protocol, 'provider' | 'model'>): Protocol {
  const usage = { prompt_tokens: 11, completion_tokens: 5, total_tokens: 16 };
  const chunk = (delta: object, finish: string | null = null) =>
    data({ object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] });
  const error = (message: string) => ({ error: { message, type: 'upstream_type', code: 'upstream_code' } });
  return {
    base: '/v1',
    path: { json: '/v1/chat/completions', stream: '/v1/chat/completions' },
    key: bearer,
    streams: true,
    reply: (text) => ({
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
      usage,
    }),
    stream: (...texts) => [
      chunk({ role: 'assistant', content: '' }),
      ...texts.map((content) => chunk({ content })),
      chunk({}, 'stop'),
      data({ choices: [], usage }),
      data('[DONE]'),
    ],
    error,
    errorEvent: (message) => data(error(message)),
    ...overrides,
  };
}

const azurePath = '/openai/v1/chat/completions';

const anthropic: Protocol = {
  provider: 'anthropic_public',
  model: 'claude-haiku-4-5-20251001',
  base: '/v1',
  path: { json: '/v1/messages', stream: '/v1/messages' },
  key: { header: 'x-api-key', prefix: '' },
  streams: true,
  reply: (text) => ({
    type: 'message',
    role: 'assistant',
    content: [{ type: 'text', text }],
    stop_reason: 'end_turn',
    usage: { input_tokens: 11, output_tokens: 5 },
  }),
  stream: (...texts) => [
    named('message_start', {
      message: { role: 'assistant', content: [], usage: { input_tokens: 11, output_tokens: 1 } },
    }),
    named('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    named('ping', {}),
    ...texts.map((text) => named('content_block_delta', { index: 0, delta: { type: 'text_delta', text } })),
    named('content_block_stop', { index: 0 }),
    named('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } }),
    named('message_stop', {}),
  ],
  error: (message) => ({ type: 'error', error: { type: 'upstream_type', message } }),
  errorEvent: (message) => named('error', { error: { type: 'upstream_type', message } }),
};

const geminiPath = '/v1beta/models/gemini-3.5-flash-lite';
const usageMetadata = { promptTokenCount: 11, candidatesTokenCount: 5, totalTokenCount: 16 };
const candidates = (text: string, finishReason?: string) => [
  { content: { role: 'model', parts: [{ text }] }, finishReason },
];

const gemini: Protocol = {
  provider: 'google_gemini',
  model: 'gemini-3.5-flash-lite',
  base: '/v1beta',
  path: { json: `${geminiPath}:generateContent`, stream: `${geminiPath}:streamGenerateContent?alt=sse` },
  key: { header: 'x-goog-api-key', prefix: '' },
  streams: true,
  reply: (text) => ({ candidates: candidates(text, 'STOP'), usageMetadata }),
  stream: (...texts) => [
    ...texts.map((text) => data({ candidates: candidates(text) })),
    data({ candidates: candidates('', 'STOP'), usageMetadata }),
  ],
  error: (message) => ({ error: { code: 400, message, status: 'UPSTREAM_STATUS' } }),
  errorEvent: (message) => data({ error: { code: 500, message, status: 'UPSTREAM_STATUS' } }),
};

const ollama: Protocol = {
  provider: 'ollama_default',
  model: 'mistral:latest',
  base: '',
  path: { json: '/api/chat', stream: '/api/chat' },
  key: bearer,
  streams: true,
  reply: (text) => ({
    message: { role: 'assistant', content: text },
    done: true,
    done_reason: 'stop',
    prompt_eval_count: 11,
    eval_count: 5,
  }),
  stream: (...texts) => [
    ...texts.map((content) => line({ message: { role: 'assistant', content }, done: false })),
    line({
      message: { role: 'assistant', content: '' },
      done: true,
      done_reason: 'stop',
      prompt_eval_count: 11,
      eval_count: 5,
    }),
  ],
  error: (message) => ({ error: message }),
  errorEvent: (message) => line({ error: message }),
};

const proxy: Protocol = {
  provider: 'studio_proxy',
  model: 'house-model',
  base: '/llm',
  path: { json: '/llm/chat', stream: '/llm/chat' },
  key: bearer,
  streams: false,
  reply: (text) => ({ reply: text, usage: { prompt_tokens: 11, completion_tokens: 5 } }),
  stream: (...texts) => [
    JSON.stringify({ reply: texts.join(''), usage: { prompt_tokens: 11, completion_tokens: 5 } }),
  ],
  error: (message) => ({ detail: message, error: message }),
  errorEvent: (message) => JSON.stringify({ error: message }),
};

const openAi = openAiLike({ provider: 'openai_public', model: 'gpt-4o-mini' });
const azure = openAiLike({
  provider: 'azure_openai',
  model: 'gpt-35-turbo',
  base: '',
  path: { json: azurePath, stream: azurePath },
  key: { header: 'api-key', prefix: '' },
});

/** The protocols that differ in their bytes, and the vendors that share OpenAI's. */
export const protocols = { openAi, azure, anthropic, gemini, ollama, proxy };
export const vendors: Protocol[] = [
  ...Object.values(protocols),
  openAiLike({
    provider: 'openrouter',
    model: 'qwen/qwen-2.5-72b-instruct',
    base: '/api/v1',
    path: { json: '/api/v1/chat/completions', stream: '/api/v1/chat/completions' },
  }),
  openAiLike({ provider: 'lmstudio_local', model: 'hermes-3-llama-3.1-8b' }),
];
