import { describe, expect, test } from 'vitest';
import { anthropicModels, catalogueModels, compareModels, isoDay, openAiModels } from './drift-models.mjs';
import { catalogueRates, comparePrice, tableRates } from './drift-prices.mjs';
import { compareRules, samplingIn } from './drift-rules.mjs';

const openAi = `export type AllModels = (string & {}) | ChatModel | 'o1-pro';
/**
 * Deprecated values:
 *
 * - "gpt-a", "gpt-a-2026-01-01": Announced shutdown date: 2027-04-01. See
 *   https://example.org for details.
 * - "gpt-x": Not a supported model ID.
 * - "gpt-b",
 *   "gpt-c": Announced shutdown date:
 *   2026-10-23. See https://example.org
 */
export type ChatModel = 'gpt-a' | 'gpt-a-2026-01-01' | 'gpt-b' | 'gpt-c' | 'gpt-new' | 'gpt-new-2026-11-01';
`;

describe('model lists in packages', () => {
  test('OpenAI: the union type, and the dates in its comment, which wraps', () => {
    const { models, ends } = openAiModels(openAi);
    expect(models).toContain('gpt-new');
    expect(models).not.toContain('o1-pro');
    expect(Object.fromEntries(ends)).toEqual({
      'gpt-a': '2027-04-01',
      'gpt-a-2026-01-01': '2027-04-01',
      'gpt-b': '2026-10-23',
      'gpt-c': '2026-10-23',
    });
  });

  test('Anthropic: the union type, and dates in words', () => {
    const types = `export type Model = 'claude-a-5' | 'claude-b-4' | (string & {});\nexport interface X {}`;
    const { models, ends } = anthropicModels(types, `  'claude-b-4': 'November 30th, 2026',`);
    expect(models).toEqual(['claude-a-5', 'claude-b-4']);
    expect(ends.get('claude-b-4')).toBe('2026-11-30');
    expect([isoDay('June 1st, 2026'), isoDay('soon'), isoDay('Smarch 1st, 2026')]).toEqual([
      '2026-06-01',
      undefined,
      undefined,
    ]);
  });

  test('the catalogue: only chat models with a price', () => {
    const models = catalogueModels({
      chat: { 'chat:a': { id: 'a', cost: { input: 1 } }, 'chat:free': { id: 'free' } },
      classify: { 'classifier:a': { id: 'b', type: 'classifier', cost: { input: 1 } } },
    });
    expect([...models.keys()]).toEqual(['a']);
  });
});

test('new models, changed retirement dates and removed models are reported, dated snapshots and retired ones are not', () => {
  const record = (id, more = {}) => ({
    listed_id: id,
    wire_id: id,
    status: 'active',
    shutdown: null,
    ...more,
  });
  const records = [record('gpt-a'), record('gpt-b', { shutdown: '2026-10-23' }), record('gpt-gone')];
  expect(compareModels(records, openAiModels(openAi), '2026-11-29')).toEqual({
    fresh: ['gpt-new'],
    ends: ['gpt-a: they say 2027-04-01, we say no end'],
    unlisted: ['gpt-gone: active with us, not in their list'],
  });
});

describe('prices', () => {
  const record = {
    listed_id: 'm',
    pricing: {
      versions: [
        { from: null, rates: { input: 1, output: 2 } },
        {
          from: '2027-01-01',
          rates: { input: 2, output: 4, cache_read: 0.2 },
          tiers: [{ above: 1000, rates: { input: 3, output: 6 } }],
        },
      ],
    },
  };
  const cost = { input: 1, output: 2, cacheRead: 0, cacheWrite: 0 };

  test('are compared with ours of the same day', () => {
    expect(comparePrice(record, catalogueRates({ cost }), 'pi', '2026-12-31')).toEqual([]);
    expect(comparePrice(record, catalogueRates({ cost }), 'pi', '2027-01-01')).toEqual([
      'm: pi says in 1 (ours 2), out 2 (ours 4)',
    ]);
  });

  test('that differ, or have a tier we lack, are reported', () => {
    const tiers = [
      { inputTokensAbove: 1000, ...cost, input: 5, output: 6 },
      { inputTokensAbove: 5000, ...cost },
    ];
    const [line] = comparePrice(record, catalogueRates({ cost: { ...cost, tiers } }), 'pi', '2027-01-01');
    expect(line).toContain('above 1000: in 5 (ours 3)');
    expect(line).toContain('a tier above 5000 tokens that we have not');
  });

  test('of the price table are its base prices, and a model without ours is reported', () => {
    const theirs = tableRates({ input_mtok: { base: 1, tiers: [] }, output_mtok: 2 });
    expect(comparePrice(record, theirs, 'table', '2026-12-31')).toEqual([]);
    expect(comparePrice({ listed_id: 'n', pricing: null }, theirs, 'table', '2026-12-31')).toEqual([
      'n: table knows a price, we have none',
    ]);
  });
});

test('what a library leaves out of its request is compared with ours', async () => {
  const create =
    ({ fetch }) =>
    (model) => ({
      doGenerate: async ({ temperature, topK }) =>
        fetch('https://example.org', {
          method: 'POST',
          body: JSON.stringify({ model, temperature, top_k: topK }),
        }),
    });
  const plan = () => ({ generationConfig: { temperature: 1, topP: 0.9 } });
  expect(samplingIn(plan())).toEqual(['temperature', 'top_p']);
  expect(await compareRules([{ provider: 'p', create }], { p: ['m'] }, plan)).toEqual([
    'p/m: they send top_k, we leave it out',
    'p/m: we send top_p, they leave it out',
  ]);
});
