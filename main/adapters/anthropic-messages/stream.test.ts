import { describe, expect, it } from 'vitest';
import type { JsonObject, StreamPart } from '../define.ts';
import { anthropicMessages } from './adapter.ts';

function partsOf(...events: JsonObject[]): StreamPart[] {
  const state = anthropicMessages.newStream();
  return events.flatMap((event) =>
    anthropicMessages.fromStreamEvent({ event: String(event.type), data: JSON.stringify(event) }, state),
  );
}

const start = (content_block: JsonObject, index = 0) => ({
  type: 'content_block_start',
  index,
  content_block,
});
const json = (partial_json: string, index = 0) => ({
  type: 'content_block_delta',
  index,
  delta: { type: 'input_json_delta', partial_json },
});
const stop = (index = 0) => ({ type: 'content_block_stop', index });
const ended = (stop_reason: string) => ({
  type: 'message_delta',
  delta: { stop_reason },
  usage: { output_tokens: 5 },
});
const toolUse = (name: string, input: JsonObject = {}) => ({ type: 'tool_use', id: 't1', name, input });

describe('the schema tool in a stream', () => {
  it('unwraps a reply under `value`, which needs the complete call', () => {
    const parts = partsOf(
      start(toolUse('reply_in_json_value')),
      json('{"value": ["a",'),
      json(' "b"]}'),
      stop(),
    );
    expect(parts).toEqual([{ type: 'text', text: '["a","b"]' }]);
  });

  it('gives the partial reply of a wrapped one that ended at the token limit', () => {
    const parts = partsOf(start(toolUse('reply_in_json_value')), json('{"value": ["a'), ended('max_tokens'));
    expect(parts).toContainEqual({ type: 'text', text: '{"value": ["a' });
    expect(parts).toContainEqual({ type: 'finish', reason: 'length' });
  });

  it('reads a reply that a server sends at the start of the block', () => {
    expect(partsOf(start(toolUse('reply_in_json', { a: 1 })), stop())).toEqual([
      { type: 'text', text: '{"a":1}' },
    ]);
  });

  it('ends in tool_calls when the caller’s own tools are called beside it', () => {
    const parts = partsOf(start(toolUse('reply_in_json')), start(toolUse('look'), 1), ended('tool_use'));
    expect(parts.at(-1)).toEqual({ type: 'finish', reason: 'tool_calls' });
  });
});

describe('variants of other servers', () => {
  it('report a call once although its block starts twice', () => {
    const parts = partsOf(start(toolUse('look')), start(toolUse('look')), json('{}'), stop());
    expect(parts.filter((part) => part.type === 'tool' && part.name)).toHaveLength(1);
  });

  it('end a call without arguments although its end event is missing', () => {
    expect(partsOf(start(toolUse('wait')), ended('tool_use'))).toContainEqual({
      type: 'tool',
      index: 0,
      arguments: '{}',
    });
  });

  it('read text at the start of a block', () => {
    expect(partsOf(start({ type: 'text', text: 'Hi' }))).toEqual([{ type: 'text', text: 'Hi' }]);
  });

  it('end once, with nothing afterwards', () => {
    const parts = partsOf(
      { type: 'message_stop' },
      { type: 'message_stop' },
      start({ type: 'text', text: 'x' }),
    );
    expect(parts).toEqual([{ type: 'end' }]);
  });

  it('keep the prompt’s token count when a later event has null', () => {
    const parts = partsOf(
      {
        type: 'message_start',
        message: { usage: { input_tokens: 7, cache_read_input_tokens: 3, output_tokens: 1 } },
      },
      { type: 'message_delta', delta: {}, usage: { input_tokens: null, output_tokens: 5 } },
    );
    expect(parts.at(-1)).toMatchObject({
      usage: { prompt_tokens: 10, completion_tokens: 5, cached_tokens: 3 },
    });
  });

  it('read an error without a type, and ignore unknown event types', () => {
    const state = anthropicMessages.newStream();
    const read = (data: string) => anthropicMessages.fromStreamEvent({ data }, state);
    expect(read('{"error":{"message":"upstream gone"}}')).toMatchObject([
      {
        type: 'error',
        error: { code: 'provider_error', upstreamCode: null, upstreamMessage: 'upstream gone' },
      },
    ]);
    expect(read('{"type":"content_block_aside","index":0}')).toEqual([]);
    expect(read('[DONE]')).toEqual([]);
  });

  it('do not pass on calls of a provider’s own tools as the caller’s', () => {
    const search = { type: 'server_tool_use', id: 's1', name: 'web_search', input: {} };
    expect(partsOf(start(search), json('{"query":"bell"}'), stop())).toEqual([]);
  });
});
