import { describe, expect, test } from 'vitest';
import { durationMs, reportedLimits } from './reported-limits.ts';

describe('limits that a reply names', () => {
  test("are read from OpenAI's headers", () => {
    expect(
      reportedLimits({
        'x-ratelimit-limit-requests': '500',
        'x-ratelimit-remaining-requests': '499',
        'x-ratelimit-reset-requests': '120ms',
        'x-ratelimit-limit-tokens': '200000',
        'x-ratelimit-remaining-tokens': '199976',
        'x-ratelimit-reset-tokens': '7ms',
      }),
    ).toEqual({
      limits: { requests: 500, tokens: 200_000 },
      remaining: { requests: 499, tokens: 199_976 },
    });
  });

  test("are read from Anthropic's headers, each direction by itself", () => {
    expect(
      reportedLimits({
        'anthropic-ratelimit-requests-limit': '1000',
        'anthropic-ratelimit-requests-remaining': '999',
        'anthropic-ratelimit-requests-reset': '2025-08-21T12:40:59Z',
        'anthropic-ratelimit-input-tokens-limit': '80000',
        'anthropic-ratelimit-input-tokens-remaining': '79000',
        'anthropic-ratelimit-output-tokens-limit': '16000',
        'anthropic-ratelimit-output-tokens-remaining': '16000',
        'anthropic-ratelimit-tokens-limit': '96000',
      }),
    ).toEqual({
      limits: { requests: 1000, input_tokens: 80_000, output_tokens: 16_000 },
      remaining: { requests: 999, input_tokens: 79_000, output_tokens: 16_000 },
    });
  });

  test('of a day are left out, as Groq names requests', () => {
    expect(
      reportedLimits({
        'x-ratelimit-limit-requests': '14400',
        'x-ratelimit-remaining-requests': '14370',
        'x-ratelimit-reset-requests': '2m59.56s',
        'x-ratelimit-limit-tokens': '18000',
        'x-ratelimit-remaining-tokens': '17997',
        'x-ratelimit-reset-tokens': '7.66s',
      }),
    ).toEqual({ limits: { tokens: 18_000 }, remaining: { tokens: 17_997 } });
  });

  test.each([
    [{}],
    [{ 'content-type': 'application/json' }],
    [{ 'x-ratelimit-limit-tokens': '-1', 'x-ratelimit-remaining-tokens': '-1' }],
    [{ 'x-ratelimit-limit-requests': '0' }],
    [{ 'x-ratelimit-limit-requests': 'many' }],
    [{ 'x-ratelimit-limit-requests': '1e9' }],
  ])('are none where the headers have no count: %j', (headers) => {
    expect(reportedLimits(headers)).toBeNull();
  });
});

test.each([
  ['1s', 1000],
  ['6m0s', 360_000],
  ['120ms', 120],
  ['2m59.56s', 179_560],
  ['1h2m', 3_720_000],
  ['20', 20_000],
  ['', undefined],
  ['soon', undefined],
  ['5 s', undefined],
])('a duration of "%s" is %s ms', (text, ms) => {
  expect(durationMs(text)).toBe(ms);
});
