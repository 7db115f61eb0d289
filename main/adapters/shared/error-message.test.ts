import { expect, it } from 'vitest';
import { providerWords } from './error-message.ts';

it.each([
  ['OpenAI', { error: { message: 'No', code: 'bad', type: 't' } }, { message: 'No', code: 'bad' }],
  [
    'Anthropic',
    { type: 'error', error: { type: 'overloaded_error', message: 'Busy' } },
    { message: 'Busy', code: 'overloaded_error' },
  ],
  [
    'Google',
    { error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'Quota' } },
    { message: 'Quota', code: 'RESOURCE_EXHAUSTED' },
  ],
  ['Google, in a list', [{ error: { code: 400, message: 'Bad' } }], { message: 'Bad', code: '400' }],
  ['Ollama', { error: 'model not found' }, { message: 'model not found', code: null }],
  [
    'Mistral',
    { object: 'error', message: { detail: 'Wrong' }, type: 'invalid' },
    { message: 'Wrong', code: 'invalid' },
  ],
  [
    'FastAPI',
    { detail: [{ msg: 'field required' }, { msg: 'too short' }] },
    { message: 'field required; too short', code: null },
  ],
  ['bare', { message: 'Unauthorized', code: 'E1' }, { message: 'Unauthorized', code: 'E1' }],
])('finds the message in the body of %s', (_, json, words) => {
  expect(providerWords(400, json, JSON.stringify(json))).toEqual(words);
});

it('falls back to the text for a body of an unknown shape', () => {
  expect(providerWords(500, { oops: 1 }, '{"oops":1}').message).toBe('{"oops":1}');
  expect(providerWords(502, undefined, '').message).toBe('HTTP 502 with an empty body');
  expect(providerWords(502, undefined, 'x'.repeat(5000)).message).toHaveLength(2001);
});

it('skips an empty message', () => {
  expect(providerWords(400, { error: { message: '' }, detail: 'The real one' }, '').message).toBe(
    'The real one',
  );
});
