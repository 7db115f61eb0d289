import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lifecycleFile } from '../../../../contract/module-preset.ts';
import type { PriceRecord } from '../../../../contract/price-record.ts';
import { appRoot } from '../../__fixtures__/test-core.ts';
import { costByRecord, nextVersion, versionOn } from './price-record.ts';

const text = readFileSync(join(appRoot, 'registry', 'lifecycle.json'), 'utf8');
const { records } = lifecycleFile.parse(JSON.parse(text));

function recordOf(provider: string, id: string): PriceRecord {
  const found = records.find((record) => record.provider === provider && record.listed_id === id)?.pricing;
  if (!found) throw new Error(`${provider}/${id} has no price`);
  return found;
}

const day = '2026-11-29';
const usd = (record: PriceRecord, usage: object, when = day) =>
  costByRecord(record, { prompt_tokens: 0, completion_tokens: 0, ...usage }, when)?.total;

describe('Anthropic: cache reads and writes are part of the prompt, each at its own price', () => {
  // 10,000 prompt tokens: 6,000 cache reads, 2,000 written for 5 minutes, 1,000 for an hour, 1,000 plain.
  const usage = {
    prompt_tokens: 10_000,
    cached_tokens: 6_000,
    cache_write_tokens: 2_000,
    cache_write_long_tokens: 1_000,
    completion_tokens: 500,
  };
  test('Claude Sonnet 5.5', () => {
    // 1,000 × 2 + 6,000 × 0.10 + 2,000 × 2.50 + 1,000 × 4 + 500 × 10 = 2,000 + 600 + 5,000 + 4,000 + 5,000
    expect(usd(recordOf('anthropic_public', 'claude-sonnet-5-5'), usage)).toBeCloseTo(0.0166, 12);
  });
  test('a cache price that falls on 2026-10-07 does not apply to earlier calls', () => {
    // 6,000 × 0.20 instead of 0.10: 600 more.
    const record = recordOf('anthropic_public', 'claude-sonnet-5-5');
    expect(usd(record, usage, '2026-10-06')).toBeCloseTo(0.0172, 12);
    expect(usd(record, usage, '2026-10-07')).toBeCloseTo(0.0166, 12);
  });
  test('a search has its own fee, whatever the token price', () => {
    // 10 USD for 1,000 searches.
    const record = recordOf('anthropic_public', 'claude-haiku-5-5');
    expect(usd(record, { used: { web_search: 3 } })).toBeCloseTo(0.03, 12);
  });
});

describe('tiers: a longer prompt raises the price of the whole call, and cached tokens count towards its length', () => {
  const haiku = recordOf('anthropic_public', 'claude-haiku-5-5');
  test('Claude Haiku 5.5 at its tier’s limit, and one token above', () => {
    // 100,000 × 0.10 + 1,000 × 0.50 = 10,500; 100,001 × 0.50 + 1,000 × 2.50 = 52,500.5
    expect(usd(haiku, { prompt_tokens: 100_000, completion_tokens: 1_000 })).toBeCloseTo(0.0105, 12);
    expect(usd(haiku, { prompt_tokens: 100_001, completion_tokens: 1_000 })).toBeCloseTo(0.0525005, 12);
  });
  test('GPT-6 Luna: cached and written tokens above 272,000', () => {
    // 300,000 prompt: 200,000 read × 0.02 + 50,000 written × 0.25 + 50,000 × 0.20 + 2,000 × 0.75 = 4,000 + 12,500 + 10,000 + 1,500
    const usage = {
      prompt_tokens: 300_000,
      cached_tokens: 200_000,
      cache_write_tokens: 50_000,
      completion_tokens: 2_000,
    };
    const priced = costByRecord(recordOf('openai_public', 'gpt-6-luna'), usage, day);
    expect(priced?.total).toBeCloseTo(0.028, 12);
    expect(priced?.above).toBe(272_000);
  });
});

describe('OpenAI: cached and written tokens', () => {
  const terra = recordOf('openai_public', 'gpt-6.1-terra');
  // 20,000 prompt: 15,000 read × 0.05 + 4,000 written × 1.25 + 1,000 × 1 + 800 × 5 = 750 + 5,000 + 1,000 + 4,000
  const usage = {
    prompt_tokens: 20_000,
    cached_tokens: 15_000,
    cache_write_tokens: 4_000,
    completion_tokens: 800,
  };
  test('GPT-6.1 Terra', () => expect(usd(terra, usage)).toBeCloseTo(0.01075, 12));
  test('a fee without a recorded price is unknown, not free', () => {
    const listed = recordOf('anthropic_public', 'claude-3-haiku-20240307');
    expect(usd(listed, { used: { web_search: 1 } })).toBeUndefined();
    expect(usd(terra, { used: { constructor: 1 } })).toBeUndefined();
  });
  test('a model without cache writes bills them as input; more cached tokens than sent never give a negative price', () => {
    const mini = recordOf('openai_public', 'gpt-4.1-mini');
    // 1,000 × 0.40 either way
    expect(usd(mini, { prompt_tokens: 1_000, cache_write_tokens: 1_000 })).toBeCloseTo(0.0004, 12);
    expect(usd(mini, { prompt_tokens: 1_000, cached_tokens: 5_000 })).toBeCloseTo(0.0005, 12);
  });
});

describe('Gemini: reasoning tokens are output, cached tokens have their own price', () => {
  const flash = recordOf('google_gemini', 'gemini-3.8-flash');
  // 8,000 prompt tokens, 5,000 of them cached; 300 text and 1,200 reasoning tokens: 3,000 × 0.75 + 5,000 ×
  // 0.075 + 1,500 × 3.75
  const usage = { prompt_tokens: 8_000, cached_tokens: 5_000, completion_tokens: 1_500 };
  test('today and after the introductory price, to the day', () => {
    expect(usd(flash, usage, '2026-12-31')).toBeCloseTo(0.00825, 12);
    expect(usd(flash, usage, '2027-01-01')).toBeCloseTo(0.0165, 12);
  });
  test('the price depends on the day in UTC', () => {
    const priced = (when: number) => costByRecord(flash, usage, when)?.total;
    expect(priced(Date.parse('2026-12-31T23:59:59Z'))).toBeCloseTo(0.00825, 12);
    expect(priced(Date.parse('2027-01-01T00:00:00Z'))).toBeCloseTo(0.0165, 12);
  });
  test('an announced change is known before it takes effect', () => {
    const argon = recordOf('google_gemini', 'gemini-4-argon');
    expect(nextVersion(argon, day)).toMatchObject({ from: '2026-12-01', rates: { input: 4, output: 20 } });
    expect(nextVersion(argon, '2026-12-01')).toBeNull();
    expect(versionOn(argon, '2020-01-01').rates.input).toBe(2);
  });
});

describe('OpenRouter: prices with credits', () => {
  const mistral = recordOf('openrouter', 'mistralai/mistral-small-2603');
  // 2,000 × 0.15 + 1,000 × 0.60 = 900 millionths of a USD
  const usage = { prompt_tokens: 2_000, completion_tokens: 1_000 };
  test('with credits: the list price plus the 5.5 % fee', () => {
    const priced = costByRecord(mistral, { ...usage }, day);
    expect(priced?.total).toBeCloseTo(0.0009 * 1.055, 12);
    expect(priced?.platform).toBeCloseTo(0.0000495, 12);
  });
  test('Sonar charges for the search of every request, at its maximum', () => {
    // (1,000 × 1 + 500 × 1) / 1M + 12 / 1000 = 0.0015 + 0.012
    const sonar = recordOf('openrouter', 'perplexity/sonar');
    expect(usd(sonar, { prompt_tokens: 1_000, completion_tokens: 500 })).toBeCloseTo(0.0135 * 1.055, 12);
  });
});

test('the parts add up to the total, for every record and kind of token', () => {
  const usage = {
    prompt_tokens: 400_000,
    cached_tokens: 100_000,
    cache_write_tokens: 50_000,
    cache_write_long_tokens: 10_000,
    completion_tokens: 5_000,
  };
  for (const { pricing, listed_id: id } of records) {
    if (!pricing) continue;
    const priced = costByRecord(pricing, usage, day);
    expect(priced, id).not.toBeNull();
    expect(
      priced?.parts.reduce((sum, part) => sum + part.usd, 0),
      id,
    ).toBeCloseTo(priced?.total ?? NaN, 12);
  }
});
