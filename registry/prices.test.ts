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

/** A small number of tokens, because some models cost more above a threshold. */
const tokens = 1000;
const perMillion = 1_000_000 / tokens;

const priced = readRegistryData().records.flatMap(({ provider, listed_id, wire_id, pricing }) =>
  pricing?.source.startsWith('@pydantic/genai-prices')
    ? [{ name: `${provider}/${listed_id}`, provider, wireId: wire_id ?? listed_id, pricing }]
    : [],
);

describe.each(priced)('$name', ({ provider, wireId, pricing }) => {
  const at = new Date(pricing.as_of);
  const find = (usage: object) =>
    calcPrice({ input_tokens: tokens, output_tokens: tokens, ...usage }, pricing.matched ?? wireId, {
      providerId: tableIds[provider],
      timestamp: at,
    });
  const rates = pricing.versions.findLast(({ from }) => from === null || from <= pricing.as_of)?.rates;

  test('the price is the one in its source', () => {
    const actual = find({});
    if (pricing.matched) expect(actual?.model.id).toBe(pricing.matched);
    expect((actual?.input_price ?? NaN) * perMillion).toBeCloseTo(rates?.input ?? NaN, 9);
    expect((actual?.output_price ?? NaN) * perMillion).toBeCloseTo(rates?.output ?? NaN, 9);
  });

  test('cached tokens have the price of the source, if the record has that price', () => {
    if (rates?.cache_read !== undefined) {
      const read = find({ cache_read_tokens: tokens });
      expect((read?.input_price ?? NaN) * perMillion).toBeCloseTo(rates.cache_read, 9);
    }
    if (rates?.cache_write !== undefined) {
      const written = find({ cache_write_tokens: tokens });
      expect((written?.input_price ?? NaN) * perMillion).toBeCloseTo(rates.cache_write, 9);
    }
  });
});

test('more than 25 prices are compared', () => {
  expect(priced.length).toBeGreaterThan(25);
});
