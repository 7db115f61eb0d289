// How the mock provider writes each protocol: a complete reply, the pieces of a stream, and errors.

const usage = { prompt_tokens: 21, completion_tokens: 133, total_tokens: 154 };
const sse = (value) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;
const named = (event, value) => `event: ${event}\n${sse({ type: event, ...value })}`;
const line = (value) => `${JSON.stringify(value)}\n`;

const openAiChunk = (model, delta, finish_reason = null) =>
  sse({
    id: 'chatcmpl-mock0001',
    object: 'chat.completion.chunk',
    created: 1_760_000_000,
    model,
    choices: [{ index: 0, delta, finish_reason }],
  });

const openAi = {
  type: 'text/event-stream; charset=utf-8',
  whole: (model, text) => ({
    id: 'chatcmpl-mock0001',
    object: 'chat.completion',
    created: 1_760_000_000,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: text, refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: { ...usage, prompt_tokens_details: { cached_tokens: 0 } },
    system_fingerprint: 'fp_mock',
  }),
  head: (model) => openAiChunk(model, { role: 'assistant', content: '' }),
  piece: (model, content) => openAiChunk(model, { content }),
  tail: (model) =>
    openAiChunk(model, {}, 'stop') +
    sse({ object: 'chat.completion.chunk', created: 1_760_000_000, model, choices: [], usage }) +
    sse('[DONE]'),
  error: (message) => ({ error: { message, type: 'server_error', code: 'mock' } }),
  errorPiece: (message) => sse({ error: { message, type: 'server_error', code: 'mock' } }),
};

const anthropicTypes = { 401: 'authentication_error', 429: 'rate_limit_error' };

const anthropic = {
  type: 'text/event-stream; charset=utf-8',
  whole: (model, text) => ({
    id: 'msg_mock01',
    type: 'message',
    role: 'assistant',
    model,
    content: [{ type: 'text', text }],
    stop_reason: 'end_turn',
    usage: { input_tokens: 21, output_tokens: 133 },
  }),
  head: (model) =>
    named('message_start', {
      message: { role: 'assistant', model, content: [], usage: { input_tokens: 21, output_tokens: 1 } },
    }) + named('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
  piece: (_model, text) => named('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
  tail: () =>
    named('content_block_stop', { index: 0 }) +
    named('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 133 } }) +
    named('message_stop', {}),
  error: (message, status) => ({
    type: 'error',
    error: { type: anthropicTypes[status] ?? 'api_error', message },
  }),
  errorPiece: (message) => named('error', { error: { type: 'overloaded_error', message } }),
};

const candidates = (text, finishReason) => [{ content: { role: 'model', parts: [{ text }] }, finishReason }];
const usageMetadata = { promptTokenCount: 21, candidatesTokenCount: 133, totalTokenCount: 154 };

const gemini = {
  type: 'text/event-stream',
  whole: (_model, text) => ({ candidates: candidates(text, 'STOP'), usageMetadata }),
  head: () => '',
  piece: (_model, text) => sse({ candidates: candidates(text) }),
  tail: () => sse({ candidates: candidates('', 'STOP'), usageMetadata }),
  error: (message) => ({ error: { code: 500, message, status: 'INTERNAL' } }),
  errorPiece: (message) => sse({ error: { code: 503, message, status: 'UNAVAILABLE' } }),
};

const ollamaEnd = { done: true, done_reason: 'stop', prompt_eval_count: 21, eval_count: 133 };
const ollamaPiece = (model, content, more) => ({ model, message: { role: 'assistant', content }, ...more });

const ollama = {
  type: 'application/x-ndjson',
  whole: (model, text) => ollamaPiece(model, text, ollamaEnd),
  head: () => '',
  piece: (model, text) => line(ollamaPiece(model, text, { done: false })),
  tail: (model) => line(ollamaPiece(model, '', ollamaEnd)),
  error: (message) => ({ error: message }),
  errorPiece: (message) => line({ error: message }),
};

const proxy = {
  ...openAi,
  whole: (_model, text) => ({ reply: text, usage: { prompt_tokens: 21, completion_tokens: 133 } }),
  error: (message) => ({ detail: message, error: message }),
};

/** The protocol of a path; undefined for an unknown path. */
export function protocolAt(path) {
  if (path.endsWith('/chat/completions')) return openAi;
  if (path.endsWith('/messages')) return anthropic;
  if (path.includes('enerateContent')) return gemini;
  if (path.endsWith('/api/chat')) return ollama;
  if (path.endsWith('/llm/chat')) return proxy;
  return undefined;
}

/** Whether this request asks for a stream. */
export function asksStream(protocol, path, body) {
  if (protocol === gemini) return path.includes(':stream');
  return protocol === ollama ? body.stream !== false : body.stream === true;
}
