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

const priced = readRegistryData().records.filter(({ price }) =>
  price?.source.startsWith('@pydantic/genai-prices'),
);

describe.each(priced)('$provider/$listed_id', ({ provider, wire_id: wireId, price }) => {
  test('the price is the one its source gives: a stale copy would show a wrong bill', () => {
    const found = calcPrice({ input_tokens: few, output_tokens: few }, wireId ?? '', {
      providerId: tableIds[provider],
      timestamp: new Date(price?.as_of ?? ''),
    });
    expect(found?.model.id).toBe(price?.matched);
    expect((found?.input_price ?? NaN) * perMillion).toBeCloseTo(price?.input ?? NaN, 9);
    expect((found?.output_price ?? NaN) * perMillion).toBeCloseTo(price?.output ?? NaN, 9);
  });
});

test('prices were checked at all: an empty list would pass unseen', () => {
  expect(priced.length).toBeGreaterThan(25);
});
