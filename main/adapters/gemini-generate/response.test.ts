import { expect, test } from 'vitest';
import { fromResponse } from './response.ts';

test.each([[{}], [null], ['text'], [[]], [{ choices: [] }], [{ error: { code: 500 } }], [{ models: [] }]])(
  'JSON of another kind is no reply: %j',
  (json) => {
    expect(fromResponse(json)).toBeNull();
  },
);

test.each([
  ['MALFORMED_FUNCTION_CALL', 'other'],
  ['LANGUAGE', 'other'],
  ['A_REASON_OF_NEXT_YEAR', 'other'],
  ['RECITATION', 'content_filter'],
  ['BLOCKLIST', 'content_filter'],
  ['SPII', 'content_filter'],
  ['IMAGE_SAFETY', 'content_filter'],
  ['FINISH_REASON_UNSPECIFIED', null],
  [undefined, null],
])('the finish reason %s is mapped to ours', (finishReason, expected) => {
  expect(fromResponse({ candidates: [{ content: {}, finishReason }] })?.finish).toBe(expected);
});

test('tokens of the model’s own tool use count as prompt tokens', () => {
  const usageMetadata = {
    promptTokenCount: 10,
    toolUsePromptTokenCount: 90,
    candidatesTokenCount: 5,
    totalTokenCount: 105,
  };
  expect(fromResponse({ candidates: [], usageMetadata })?.usage).toEqual({
    prompt_tokens: 100,
    completion_tokens: 5,
    total_tokens: 105,
  });
});

test('code that the model ran is not part of the text', () => {
  const parts = [
    { executableCode: { code: 'print(1)' } },
    { inlineData: { data: 'AA==' } },
    { text: 'One.' },
  ];
  expect(fromResponse({ candidates: [{ content: { parts }, finishReason: 'STOP' }] })?.text).toBe('One.');
});
