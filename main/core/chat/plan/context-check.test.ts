import { describe, expect, test } from 'vitest';
import type { Message } from '../../../../contract/chat.ts';
import type { WarningCode } from '../../../../contract/warnings.ts';
import { countPromptTokens } from '../../registry/prices/count-tokens.ts';
import { contextWarnings, cutPromptWarning, fitOllamaContext, roughTokens } from './context-check.ts';

function prompt(content: string) {
  const messages: Message[] = [{ role: 'user', content }];
  return { messages, extras: [], bytes: Buffer.byteLength(JSON.stringify({ messages })) };
}
const words = (n: number) => prompt('word '.repeat(n));
const warned = (code: WarningCode, text: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(text) });
const phi = { model: 'phi', context: 4096, maxTokens: undefined };

describe('a rough count', () => {
  const samples = {
    English: 'She looked back at the harbour, where the last ferry was already pulling away from the pier. ',
    Japanese: '彼女は港を振り返った。最後のフェリーはもう桟橋を離れていくところだった。',
    German: 'Sie blickte zurück zum Hafen, wo die letzte Fähre schon vom Anleger abgelegt hatte. ',
    Russian: 'Она оглянулась на гавань, где последний паром уже отходил от причала. ',
    code: 'if (count > 0) { list.push({ id: count, name: `item ${count}` }); } // 12345\n',
  };
  test.each(Object.entries(samples))('of %s is 0.6 to 1.5 times the tokenizer’s', async (_, sample) => {
    const text = sample.repeat(40);
    const { tokens } = await countPromptTokens([{ role: 'user', content: text }], {}, false);
    expect(roughTokens(text) / tokens).toBeGreaterThan(0.6);
    expect(roughTokens(text) / tokens).toBeLessThan(1.5);
  });

  test('of megabytes is quick', () => {
    const started = performance.now();
    roughTokens('word, 日本語 '.repeat(700_000));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('a prompt against the context', () => {
  test('a prompt longer than the context gets a warning', () => {
    expect(contextWarnings(words(20_000), phi)).toEqual([
      warned('prompt_exceeds_context', "about 20,000 tokens, phi's context 4,096"),
    ]);
  });
  test('prompt and reply together longer than the context get a warning', () => {
    expect(contextWarnings(words(3500), { ...phi, maxTokens: 1000 })).toEqual([
      warned('reply_exceeds_context', 'together more than'),
    ]);
  });
  test.each([
    ['short', words(100), phi],
    ['one that just fits', words(4000), phi],
    ['a model without a recorded context', words(20_000), { ...phi, context: null }],
    [
      'an image, whose bytes are not tokens',
      {
        messages: [
          { role: 'user', content: [{ type: 'image_url', image_url: { url: 'x'.repeat(90_000) } }] },
        ] as Message[],
        extras: [],
        bytes: 90_100,
      },
      phi,
    ],
  ])('%s: no warning', (_, given, model) => {
    expect(contextWarnings(given, model)).toEqual([]);
  });
  test('tools and schema count', () => {
    const extras = [{ type: 'object', description: 'word '.repeat(5000) }];
    expect(contextWarnings({ ...words(10), extras, bytes: 30_000 }, phi)).toHaveLength(1);
  });
});

describe("Ollama's num_ctx", () => {
  const model = { context: 32_768, maxTokens: 512 };
  const fit = (n: number, settings = {}, options = {}, of = model) =>
    fitOllamaContext({ model: 'm', options }, words(n), of, settings);

  test('is not set where the prompt fits Ollama’s default', () => {
    const body = { model: 'm', options: { temperature: 1 } };
    expect(fitOllamaContext(body, words(2500), model, {})).toEqual({ body, rewritten: [], warnings: [] });
  });
  test.each([
    [4000, 8192],
    [6000, 8192],
    [7000, 16_384],
    [12_000, 16_384],
    [15_500, 16_384],
  ])('for a prompt of %d tokens is %d, and reported', (n, numCtx) => {
    const { body, rewritten, warnings } = fit(n, {}, { temperature: 1 });
    expect(body['options']).toEqual({ temperature: 1, num_ctx: numCtx });
    expect(rewritten).toEqual([expect.objectContaining({ path: '/options/num_ctx', to: numCtx })]);
    expect(warnings).toEqual([]);
  });
  test('above 16,384 needs the user’s permission', () => {
    expect(fit(20_000)).toMatchObject({
      body: { options: {} },
      rewritten: [],
      warnings: [warned('ollama_context_too_small', 'allow_num_ctx')],
    });
    expect(fit(20_000, { allow_num_ctx: true }).body['options']).toEqual({ num_ctx: 32_768 });
  });
  test('is never set where the user forbids it', () => {
    expect(fit(8000, { allow_num_ctx: false })).toMatchObject({
      body: { options: {} },
      warnings: [warned('ollama_context_too_small', 'cut')],
    });
  });
  test('never exceeds the model’s context', () => {
    expect(fit(6000, {}, {}, { context: 8000, maxTokens: 512 }).body['options']).toEqual({ num_ctx: 8000 });
    expect(fit(20_000, { allow_num_ctx: true }, {}, { context: 8000, maxTokens: 512 })).toMatchObject({
      body: { options: {} },
      warnings: [warned('ollama_context_too_small', 'cut')],
    });
  });
  test('from the caller is left alone, with a warning if it is too small', () => {
    expect(fit(8000, {}, { num_ctx: 4096 })).toMatchObject({
      body: { options: { num_ctx: 4096 } },
      rewritten: [],
      warnings: [warned('ollama_num_ctx_too_small', 'num_ctx is 4,096')],
    });
    expect(fit(8000, {}, { num_ctx: 32_768 }).warnings).toEqual([]);
  });
});

describe('reported usage far below the estimate', () => {
  const usage = (prompt_tokens: number, more = {}) => ({
    prompt_tokens,
    completion_tokens: 1,
    total_tokens: prompt_tokens + 1,
    ...more,
  });
  test('gives a warning that the server cut the prompt', () => {
    expect(cutPromptWarning(words(20_000), usage(4096))).toEqual(
      warned('prompt_cut_by_server', '4,096 prompt tokens of about 20,000'),
    );
  });
  test.each([
    ['a count that matches', words(20_000), usage(21_000)],
    ['another tokenizer', words(20_000), usage(12_000)],
    ['a short prompt', words(900), usage(10)],
    ['no count', words(20_000), null],
    ['a count of nothing', words(20_000), usage(0)],
    ['our own estimate', words(20_000), usage(100, { estimated: true })],
    ['a prompt read from a cache', words(20_000), usage(10, { cached_tokens: 19_000 })],
  ])('gives no warning for %s', (_, given, reported) => {
    expect(cutPromptWarning(given, reported)).toBeNull();
  });
});
