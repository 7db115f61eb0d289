import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../define.ts';
import { anthropicMessages } from './adapter.ts';

const reply = (content: JsonObject[], more: JsonObject = {}) =>
  anthropicMessages.fromResponse({ type: 'message', content, stop_reason: 'end_turn', ...more });

const toolUse = (name: string, input: unknown) => ({ type: 'tool_use', id: 't1', name, input });

describe('a whole reply', () => {
  it.each([null, 'text', [], {}, { type: 'error', error: { message: 'no' } }, { choices: [] }])(
    'is null for JSON of another kind: %j',
    (json) => expect(anthropicMessages.fromResponse(json)).toBeNull(),
  );

  it('uses the schema tool’s input as the text, whatever text precedes it', () => {
    const result = reply([{ type: 'text', text: 'Here:' }, toolUse('reply_in_json', { a: 1 })], {
      stop_reason: 'tool_use',
    });
    expect(result).toMatchObject({ text: '{"a":1}', toolCalls: [], finish: 'stop' });
  });

  it('unwraps a list, and keeps a wrapped input without a value', () => {
    expect(reply([toolUse('reply_in_json_value', { value: [1] })])?.text).toBe('[1]');
    expect(reply([toolUse('reply_in_json_value', { other: 1 })])?.text).toBe('{"other":1}');
  });

  it('keeps the caller’s calls beside the schema tool', () => {
    const result = reply([toolUse('reply_in_json', {}), toolUse('look', { at: 'x' })], {
      stop_reason: 'tool_use',
    });
    expect(result).toMatchObject({ finish: 'tool_calls', toolCalls: [{ function: { name: 'look' } }] });
  });

  it.each([
    ['stop_sequence', 'stop'],
    ['model_context_window_exceeded', 'length'],
    ['pause_turn', 'other'],
    ['constructor', 'other'],
    [null, null],
  ])('reads stop_reason %s as %s', (stop_reason, finish) => {
    expect(reply([], { stop_reason })?.finish).toBe(finish);
  });

  it('gives a reason for a refusal even without the provider’s explanation', () => {
    const stop_details = { type: 'refusal', category: 'bio', explanation: null };
    expect(reply([], { stop_reason: 'refusal', stop_details })?.filtered).toBe('stop_reason: refusal (bio)');
    expect(reply([], { stop_reason: 'refusal' })?.filtered).toBe('stop_reason: refusal');
  });

  it('leaves an unknown usage unknown, not zero', () => {
    expect(reply([])?.usage).toBeNull();
  });
});

describe('a failed call', () => {
  it('trusts the body’s type over a status that a proxy has changed', () => {
    const body = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
    expect(anthropicMessages.toError(500, body, JSON.stringify(body)).code).toBe('provider_overloaded');
  });

  it('reads an unknown body, an empty one and one that is not JSON', () => {
    expect(anthropicMessages.toError(422, { detail: 'no' }, '').upstreamMessage).toBe('no');
    expect(anthropicMessages.toError(502, undefined, '').upstreamMessage).toBe('HTTP 502 with an empty body');
    const text = '{"type":"error","error":{"type":"request_too_large","message":"Too large"}}';
    expect(anthropicMessages.toError(413, undefined, text)).toMatchObject({
      code: 'provider_rejected',
      upstreamCode: 'request_too_large',
      upstreamMessage: 'Too large',
    });
  });
});

describe('the model list', () => {
  it('reads names and context windows, and skips entries without an id', () => {
    const data = [
      { id: 'm1', display_name: 'M One', max_input_tokens: 200_000 },
      { id: 'm2' },
      { name: 'x' },
      null,
    ];
    expect(anthropicMessages.modelList?.fromResponse({ data })).toEqual([
      { id: 'm1', label: 'M One', context: 200_000 },
      { id: 'm2' },
    ]);
    expect(anthropicMessages.modelList?.fromResponse('nothing')).toEqual([]);
  });
});
