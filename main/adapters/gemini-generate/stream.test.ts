import { describe, expect, test } from 'vitest';
import type { StreamPart } from '../define.ts';
import { geminiGenerate } from './adapter.ts';

function parts(...events: unknown[]): StreamPart[] {
  const state = geminiGenerate.newStream();
  return events.flatMap((event) =>
    geminiGenerate.fromStreamEvent(
      { data: typeof event === 'string' ? event : JSON.stringify(event) },
      state,
    ),
  );
}

const chunk = (text: string, finishReason?: string) => ({
  candidates: [{ content: { parts: [{ text }] }, finishReason, index: 0 }],
});
const types = (list: StreamPart[]) => list.map(({ type }) => type);

describe('fromStreamEvent', () => {
  test('models before 2.0 say STOP in every chunk, and text after the first is not read', () => {
    expect(types(parts(chunk('a', 'STOP'), chunk('b', 'STOP')))).toEqual([
      'text',
      'finish',
      'end',
      'text',
      'finish',
    ]);
  });

  test('counts lost that come after the finish reason, or told again though nothing changed', () => {
    const usageMetadata = { promptTokenCount: 3, candidatesTokenCount: 1, totalTokenCount: 4 };
    const reported = parts(
      { ...chunk('a'), usageMetadata },
      { ...chunk('', 'STOP'), usageMetadata },
      {
        usageMetadata: { ...usageMetadata, candidatesTokenCount: 2, totalTokenCount: 5 },
      },
    );
    expect(types(reported)).toEqual(['text', 'usage', 'finish', 'end', 'usage']);
  });

  test('an ordinary chunk without a finish reason taken for the end', () => {
    expect(types(parts(chunk('a'), { modelVersion: 'x' }, '', '7', '[]', 'null'))).toEqual(['text']);
  });

  test('a second candidate mixed into the first', () => {
    const two = { candidates: [{ content: { parts: [{ text: 'x' }] }, index: 1 }, chunk('a').candidates[0]] };
    expect(parts(two)).toEqual([{ type: 'text', text: 'a' }]);
  });

  test('a refused prompt that looks like an empty stream', () => {
    expect(parts({ promptFeedback: { blockReason: 'SAFETY', blockReasonMessage: 'Not this.' } })).toEqual([
      { type: 'filtered', message: 'Not this.' },
      { type: 'finish', reason: 'content_filter' },
      { type: 'end' },
    ]);
  });

  test('a forced schema function shown as a tool call', () => {
    const functionCall = { name: 'reply_in_json', args: { a: 1 } };
    const reported = parts({
      candidates: [{ content: { parts: [{ functionCall }] }, finishReason: 'STOP' }],
    });
    expect(reported).toEqual([
      { type: 'text', text: '{"a":1}' },
      { type: 'finish', reason: 'stop' },
      { type: 'end' },
    ]);
  });

  test('a malformed event printed at full length', () => {
    const [part] = parts(`{${'x'.repeat(900)}`);
    expect(part).toMatchObject({ type: 'error', error: { code: 'provider_bad_reply' } });
    expect(JSON.stringify(part).length).toBeLessThan(700);
  });
});
