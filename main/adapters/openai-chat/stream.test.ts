import { expect, it } from 'vitest';
import type { StreamPart } from '../define.ts';
import { openAiChat } from './adapter.ts';

function partsOf(...chunks: unknown[]): StreamPart[] {
  const state = openAiChat.newStream();
  return chunks.flatMap((chunk) => openAiChat.fromStreamEvent({ data: JSON.stringify(chunk) }, state));
}

const choice = (delta: unknown, more: object = {}) => ({ choices: [{ index: 0, delta, ...more }] });
const piece = (more: object) => choice({ tool_calls: [more] });

it('keeps two calls apart where a server leaves out the index', () => {
  const parts = partsOf(
    piece({ id: 'a', function: { name: 'roll', arguments: '{"s":' } }),
    piece({ function: { arguments: '6}' } }),
    piece({ id: 'b', function: { name: 'look', arguments: '{}' } }),
  );
  expect(parts.map((part) => part.type === 'tool' && [part.index, part.arguments])).toEqual([
    [0, '{"s":'],
    [0, '6}'],
    [1, '{}'],
  ]);
});

it('reports a refusal once, as a whole', () => {
  const parts = partsOf(
    choice({ refusal: 'I ' }),
    choice({ refusal: 'cannot.' }),
    choice({}, { finish_reason: 'stop' }),
  );
  expect(parts).toEqual([
    { type: 'filtered', message: 'I cannot.' },
    { type: 'finish', reason: 'stop' },
    { type: 'end' },
  ]);
});

it('ignores a second choice', () => {
  const parts = partsOf({ choices: [{ index: 1, delta: { content: 'B' } }] }, choice({ content: 'A' }));
  expect(parts).toEqual([{ type: 'text', text: 'A' }]);
});

it('finds the usage where Groq and Moonshot send it', () => {
  const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
  const groq = partsOf({ choices: [], x_groq: { usage } });
  const moonshot = partsOf(choice({}, { usage }));
  expect([groq, moonshot]).toEqual([[{ type: 'usage', usage }], [{ type: 'usage', usage }]]);
});

it('reads an error inside a choice, with its code', () => {
  const [part] = partsOf(choice({}, { finish_reason: 'error', error: { code: 429, message: 'Slow down' } }));
  expect(part).toMatchObject({
    type: 'error',
    error: { code: 'provider_rate_limited', upstreamMessage: 'Slow down' },
  });
});

it("leaves the caller's own tool calls beside a schema sent as a tool", () => {
  const parts = partsOf(
    piece({ index: 0, id: 'a', function: { name: 'roll', arguments: '{}' } }),
    piece({ index: 1, id: 'b', function: { name: 'reply_in_json', arguments: '{"a":1}' } }),
    choice({}, { finish_reason: 'tool_calls' }),
  );
  expect(parts.map((part) => part.type)).toEqual(['tool', 'text', 'finish', 'end']);
  expect(parts).toContainEqual({ type: 'finish', reason: 'tool_calls' });
});

it.each(['', 'null', '[]', '"text"', '{}', '{"choices":null}', '{"object":"ping"}'])('ignores %j', (data) => {
  expect(openAiChat.fromStreamEvent({ data }, openAiChat.newStream())).toEqual([]);
});
