import { describe, expect, test } from 'vitest';
import { familyOf, matches } from './model-family.ts';

describe('a model is recognised by its id in any provider’s spelling', () => {
  test.each<[id: string, family: string, line: string | null, generation: string]>([
    ['claude-sonnet-5-5', 'claude', 'sonnet', '5.5'],
    ['claude-opus-4-7-20260401', 'claude', 'opus', '4.7'],
    ['claude-haiku-4-5', 'claude', 'haiku', '4.5'],
    ['claude-haiku-4-5@20251001', 'claude', 'haiku', '4.5'],
    ['claude-sonnet-4-20250514', 'claude', 'sonnet', '4.0'],
    ['claude-3-5-sonnet-20240620', 'claude', 'sonnet', '3.5'],
    ['claude-3.5-opus-20240808', 'claude', 'opus', '3.5'],
    ['claude-3-haiku-20240307', 'claude', 'haiku', '3.0'],
    ['claude-fable-5-2', 'claude', 'fable', '5.2'],
    ['claude-nova-7', 'claude', 'nova', '7.0'],
    ['anthropic/claude-sonnet-5.5:batch', 'claude', 'sonnet', '5.5'],
    ['us.anthropic.claude-opus-4-8-20260101-v1:0', 'claude', 'opus', '4.8'],
    ['gpt-5', 'gpt', null, '5.0'],
    ['gpt-5-2025-08-07', 'gpt', null, '5.0'],
    ['gpt-5.1-codex-max', 'gpt', 'codex', '5.1'],
    ['gpt-5-chat-latest', 'gpt', 'chat', '5.0'],
    ['gpt-6-luna', 'gpt', 'luna', '6.0'],
    ['openai/gpt-6.1-terra', 'gpt', 'terra', '6.1'],
    ['gpt-7.3-nova', 'gpt', 'nova', '7.3'],
    ['gpt-4o-mini', 'gpt', 'mini', '4.0'],
    ['gpt-4.5-preview', 'gpt', 'preview', '4.5'],
    ['gpt-35-turbo', 'gpt', 'turbo', '3.5'],
    ['ft:gpt-4.1-mini-2025-04-14:org::abc', 'gpt', 'mini', '4.1'],
    ['o3', 'o', null, '3.0'],
    ['o4-mini-2025-04-16', 'o', 'mini', '4.0'],
    ['models/gemini-3.8-flash', 'gemini', 'flash', '3.8'],
    ['gemini-3.5-flash-lite', 'gemini', 'flash-lite', '3.5'],
    ['gemini-4-hydrogen', 'gemini', 'hydrogen', '4.0'],
    ['google/gemini-flash-1.5', 'gemini', 'flash', '1.5'],
  ])('%s is %s %s %s', (id, family, line, generation) => {
    const found = familyOf(id);
    expect([found?.family, found?.line, `${found?.major}.${found?.minor}`]).toEqual([
      family,
      line,
      generation,
    ]);
  });

  test('an alias of the newest model counts as newer than any generation', () => {
    const gemini = { adapter: 'gemini', ids: [], family: familyOf('gemini-flash-latest') } as const;
    expect(matches({ family: 'gemini', from: '9' }, gemini)).toBe(true);
  });
});

describe('a name that only looks similar is not recognised', () => {
  test.each([
    'my-gpt-5-style',
    'gpt-oss-120b',
    'gpt5',
    'gpt-5turbo',
    'chatgpt-4o-latest',
    'not-claude-sonnet-5-5',
    'olmo-3',
    'o3d-mesh',
    'someone/gpt-5-style',
    'gemma-4-31b-it',
    'my/claude-sonnet-5-5',
    'constructor',
    '',
  ])('%s', (id) => expect(familyOf(id)).toBeNull());
});

test('generations are compared as numbers, and an upper bound is exclusive', () => {
  const of = (id: string) => ({ adapter: 'openai', ids: [id], family: familyOf(id) }) as const;
  expect(matches({ family: 'gpt', from: '5.2' }, of('gpt-5.10'))).toBe(true);
  expect(matches({ family: 'gpt', from: '5', before: '6' }, of('gpt-6-luna'))).toBe(false);
  expect(matches({ family: 'gpt', from: '5' }, of('gpt-4.5'))).toBe(false);
  expect(matches({ family: 'gpt', from: '5', not_lines: ['chat'] }, of('gpt-5-chat-latest'))).toBe(false);
  expect(matches({ family: 'gpt', adapters: ['azure_openai'] }, of('gpt-5'))).toBe(false);
});
