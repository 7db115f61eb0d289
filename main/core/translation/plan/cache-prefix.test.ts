import { expect, test } from 'vitest';
import type { Provider } from '../../registry/model/model.ts';
import { cachedPrefix, claudeMinimum, withCachedPrefix } from './cache-prefix.ts';

const long = Array.from({ length: 3000 }, (_, i) => `rule ${i}`).join(' ');
const callOf = (content: string, user = 'x') => ({
  messages: [
    { role: 'system' as const, content },
    { role: 'user' as const, content: user },
  ],
});
const at = (adapter: string, base: string, settings = {}) =>
  ({ adapter, base, settings }) as unknown as Provider;
const openAi = at('openai', 'https://api.openai.com/v1');
const models = (wireId: string) => ({ wireId });

test.each([
  ['claude-opus-5', 512],
  ['claude-opus-4-8', 1024],
  ['claude-fable-5-1', 512],
  ['claude-fable-5-2', 4096],
  ['claude-sonnet-4-6', 2048],
  ['claude-opus-4-7', 2048],
  ['claude-3-haiku-20240307', 2048],
  ['anthropic/claude-3.5-haiku', 2048],
  ['claude-haiku-4-5-20251001', 4096],
  ['claude-opus-4-6', 4096],
  ['claude-opus-5-5', 4096],
  ['claude-of-next-year', 4096],
])('%s caches prefixes from %d tokens on', (model, tokens) => {
  expect(claudeMinimum(model)).toBe(tokens);
});

test('groups with the same constant part have the same cache key at OpenAI', async () => {
  const key = async (prefix: string, user: string) =>
    (await withCachedPrefix(callOf(prefix, user), openAi, models('gpt-4o-mini'))).packOptions?.[
      'prompt_cache_key'
    ];
  expect(await key(long, 'a')).toMatch(/^comfyvn-[0-9a-f]{32}$/);
  expect(await key(long, 'b')).toBe(await key(long, 'a'));
  expect(await key(`${long}!`, 'a')).not.toBe(await key(long, 'a'));
  expect(await key('short', 'a')).toBeUndefined();
});

test('a model that bills cache writes gets the explicit mode, and a breakpoint if the prefix is long enough', async () => {
  const planned = await withCachedPrefix(callOf(long), openAi, models('gpt-5.6'));
  expect(planned.packOptions).toMatchObject({ prompt_cache_options: { mode: 'explicit' } });
  expect(planned.messages[0]?.content).toEqual([
    { type: 'text', text: long, prompt_cache_breakpoint: { mode: 'explicit' } },
  ]);
  const short = await withCachedPrefix(callOf('short'), openAi, models('gpt-6-luna'));
  expect(short.packOptions).toEqual({ prompt_cache_options: { mode: 'explicit' } });
  expect(short.messages[0]?.content).toBe('short');
});

test('a server gets the cache key only if its settings allow it', async () => {
  const local = 'http://127.0.0.1:1234/v1';
  const call = callOf(long);
  expect(await withCachedPrefix(call, at('openai', local), models('gpt-4o-mini'))).toBe(call);
  const answer = await withCachedPrefix(call, at('openai', local, { prompt_cache: true }), models('any'));
  expect(answer.packOptions).toHaveProperty('prompt_cache_key');
});

test('Azure gets only the cache key, and only in its current API version', async () => {
  const azure = (settings = {}) => at('azure_openai', 'https://studio.openai.azure.com', settings);
  const planned = await withCachedPrefix(callOf(long), azure(), models('gpt-5.6'));
  expect(planned.packOptions).toEqual({
    prompt_cache_key: expect.stringMatching(/^comfyvn-[0-9a-f]{32}$/),
  });
  expect(planned.messages[0]?.content).toBe(long);
  const dated = callOf(long);
  expect(await withCachedPrefix(dated, azure({ api_version: '2024-10-21' }), models('gpt-4o'))).toBe(dated);
});

test('OpenRouter gets the cache mark only for Anthropic models', async () => {
  const router = at('openrouter', 'https://openrouter.ai/api/v1');
  const marked = await withCachedPrefix(callOf(long), router, models('anthropic/claude-haiku-4.5'));
  expect(marked.messages[0]?.content).toMatchObject([{ cache_control: { type: 'ephemeral' } }]);
  const other = callOf(long);
  expect(await withCachedPrefix(other, router, models('google/gemini-2.5-flash'))).toBe(other);
});

test.each([
  ['Claude at Anthropic', at('anthropic', 'https://api.anthropic.com'), 'claude-haiku-4-5', true, true],
  [
    'Claude at OpenRouter',
    at('openrouter', 'https://openrouter.ai/api/v1'),
    'anthropic/claude-haiku-4.5',
    true,
    false,
  ],
  ['GPT-5.6', openAi, 'gpt-5.6', true, false],
  ['an older GPT', openAi, 'gpt-4o-mini', false, false],
])('whether %s bills cache writes and guarantees reads', async (_, provider, model, isBilled, isSure) => {
  const call = await withCachedPrefix(callOf(long), provider, models(model));
  expect(cachedPrefix(call, provider)).toMatchObject({ text: long, isBilled, isGuaranteed: isSure });
  expect(cachedPrefix(callOf(long), provider)).toBeNull();
});
