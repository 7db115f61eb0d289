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
  test('reads text after the first STOP, which models before 2.0 send in every chunk', () => {
    expect(types(parts(chunk('a', 'STOP'), chunk('b', 'STOP')))).toEqual([
      'text',
      'finish',
      'end',
      'text',
      'finish',
    ]);
  });

  test('reports counts after the finish reason, and unchanged counts only once', () => {
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

  test('does not end at a chunk without a finish reason', () => {
    expect(types(parts(chunk('a'), { modelVersion: 'x' }, '', '7', '[]', 'null'))).toEqual(['text']);
  });

  test('ignores a second candidate', () => {
    const two = { candidates: [{ content: { parts: [{ text: 'x' }] }, index: 1 }, chunk('a').candidates[0]] };
    expect(parts(two)).toEqual([{ type: 'text', text: 'a' }]);
  });

  test('reports a blocked prompt as filtered', () => {
    expect(parts({ promptFeedback: { blockReason: 'SAFETY', blockReasonMessage: 'Not this.' } })).toEqual([
      { type: 'filtered', message: 'Not this.' },
      { type: 'finish', reason: 'content_filter' },
      { type: 'end' },
    ]);
  });

  test('turns the call of a forced schema function into text', () => {
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

  test('truncates a malformed event in its error', () => {
    const [part] = parts(`{${'x'.repeat(900)}`);
    expect(part).toMatchObject({ type: 'error', error: { code: 'provider_bad_reply' } });
    expect(JSON.stringify(part).length).toBeLessThan(700);
  });
});
