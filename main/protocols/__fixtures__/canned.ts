import type { ErrorInfo } from '../../../contract/errors.ts';
import type { Answer } from '../define.ts';

/** A core answer with the given fields. */
export function answerOf(data: Partial<Answer['data']> = {}, more: Partial<Answer> = {}): Answer {
  const usage = { prompt_tokens: 20, completion_tokens: 8, total_tokens: 28 };
  return {
    provider: 'some_provider',
    model: 'some-model',
    data: { reply: '', raw: null, headers: {}, usage, finish_reason: 'stop', ...data },
    usage,
    dropped: [],
    warnings: [],
    timing: { total_ms: 120, upstream_ms: 110, first_token_ms: 40 },
    ...more,
  };
}

export const text = 'Wet planks — “a lantern” ☔.';

export const saysText = answerOf({ reply: text });

export const calls = [
  {
    id: 'call_a',
    type: 'function' as const,
    function: { name: 'look_at', arguments: '{"place":"harbour"}' },
  },
  { id: 'call_b', type: 'function' as const, function: { name: 'look_at', arguments: '{"place":"inn"}' } },
];

export const callsTools = answerOf({ reply: 'I look.', tool_calls: calls, finish_reason: 'tool_calls' });

export const thinks = answerOf(
  { reply: 'Hello.', reasoning: 'She is shy.' },
  {
    usage: {
      prompt_tokens: 100,
      completion_tokens: 50,
      total_tokens: 150,
      cached_tokens: 60,
      reasoning_tokens: 30,
    },
  },
);

export const json = { name: 'Mira', age: 19 };

export const saysJson = answerOf({ reply: JSON.stringify(json) });

export const schema = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'number' } },
  required: ['name', 'age'],
  additionalProperties: false,
} as const;

export const cutShort = answerOf({ reply: 'Once upon', finish_reason: 'length' });

/** A failed provider call, as the core reports it. */
export function providerError(status: number, more: Partial<ErrorInfo['details']> = {}): ErrorInfo {
  const code =
    status === 429 ? 'provider_rate_limited' : status === 404 ? 'provider_not_found' : 'provider_rejected';
  return {
    code,
    message: `some_provider (HTTP ${status}): no such parameter "tempo"`,
    details: {
      provider: 'some_provider',
      model: 'some-model',
      upstream_status: status,
      upstream_code: 'unknown_parameter',
      upstream_message: 'no such parameter "tempo"',
      attempts: [],
      ...more,
    },
    request_id: 'req-1',
  };
}

export const interrupted: ErrorInfo = {
  code: 'provider_interrupted',
  message: 'some_provider: the stream broke off',
  details: { upstream_status: 200 },
  request_id: 'req-1',
};

export const blockedReply: ErrorInfo = {
  code: 'content_filtered',
  message: 'some_provider (HTTP 200): I cannot help with that',
  details: {
    provider: 'some_provider',
    model: 'some-model',
    upstream_status: 200,
    upstream_message: 'I cannot help with that',
  },
  request_id: 'req-1',
};

/** The smallest valid PNG. */
export const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
