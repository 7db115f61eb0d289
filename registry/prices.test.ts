import { calcPrice } from '@pydantic/genai-prices';
import { describe, expect, test } from 'vitest';
import { readRegistryData } from './read-data.ts';

const tableIds: Record<string, string> = {
  openai_public: 'openai',
  anthropic_public: 'anthropic',
  google_gemini: 'google',
  azure_openai: 'azure',
  openrouter: 'openrouter',
};

/** Few tokens, because some models cost more above a number of them. */
const few = 1000;
const perMillion = 1_000_000 / few;

const priced = readRegistryData().records.flatMap(({ provider, listed_id, wire_id, pricing }) =>
  pricing?.source.startsWith('@pydantic/genai-prices')
    ? [{ name: `${provider}/${listed_id}`, provider, wireId: wire_id ?? listed_id, pricing }]
    : [],
);

describe.each(priced)('$name', ({ provider, wireId, pricing }) => {
  const at = new Date(pricing.as_of);
  const find = (usage: object) =>
    calcPrice({ input_tokens: few, output_tokens: few, ...usage }, pricing.matched ?? wireId, {
      providerId: tableIds[provider],
      timestamp: at,
    });
  const rates = pricing.versions.findLast(({ from }) => from === null || from <= pricing.as_of)?.rates;

  test('the price is the one in its source', () => {
    const found = find({});
    if (pricing.matched) expect(found?.model.id).toBe(pricing.matched);
    expect((found?.input_price ?? NaN) * perMillion).toBeCloseTo(rates?.input ?? NaN, 9);
    expect((found?.output_price ?? NaN) * perMillion).toBeCloseTo(rates?.output ?? NaN, 9);
  });

  test('cached tokens cost what the source says, where the record has that price', () => {
    if (rates?.cache_read !== undefined) {
      const read = find({ cache_read_tokens: few });
      expect((read?.input_price ?? NaN) * perMillion).toBeCloseTo(rates.cache_read, 9);
    }
    if (rates?.cache_write !== undefined) {
      const written = find({ cache_write_tokens: few });
      expect((written?.input_price ?? NaN) * perMillion).toBeCloseTo(rates.cache_write, 9);
    }
  });
});

test('some prices were checked', () => {
  expect(priced.length).toBeGreaterThan(25);
});
