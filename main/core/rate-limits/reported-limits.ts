import type { Amounts, Meter } from './meters.ts';

/** A provider's limits as reported in a reply. */
export interface ReportedLimits {
  /** Per minute. */
  limits: Amounts;
  /** What remains of them at the provider. */
  remaining: Amounts;
}

/** For each meter, how its header name is built from `limit` and `remaining`. */
type HeaderNames = readonly (readonly [Meter, (what: 'limit' | 'remaining') => string])[];

/**
 * OpenAI, Azure, Groq and many compatible servers.
 * https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers
 */
const openAi: HeaderNames = [
  ['requests', (what) => `x-ratelimit-${what}-requests`],
  ['tokens', (what) => `x-ratelimit-${what}-tokens`],
];

/**
 * Anthropic counts each direction separately; `anthropic-ratelimit-tokens-*` repeats whichever limit is
 * closest. https://docs.anthropic.com/en/api/rate-limits#response-headers
 */
const anthropic: HeaderNames = [
  ['requests', (what) => `anthropic-ratelimit-requests-${what}`],
  ['input_tokens', (what) => `anthropic-ratelimit-input-tokens-${what}`],
  ['output_tokens', (what) => `anthropic-ratelimit-output-tokens-${what}`],
];

const anthropicTotal: HeaderNames = [
  ['requests', (what) => `anthropic-ratelimit-requests-${what}`],
  ['tokens', (what) => `anthropic-ratelimit-tokens-${what}`],
];

/** A limit per minute resets within this time. */
const minuteMs = 60_000;

const units: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/**
 * Parses `1s`, `6m0s`, `120ms`, `2m59.56s` or plain seconds into milliseconds; undefined for anything else.
 */
export function durationMs(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const plain = Number(text);
  if (Number.isFinite(plain)) return plain * 1000;
  if (!/^(\d+(\.\d+)?(ms|[dhms]))+$/.test(text)) return undefined;
  let ms = 0;
  for (const [, value, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[dhms])/g))
    ms += Number(value) * (units[unit ?? ''] ?? 0);
  return ms;
}

/** A whole number; Azure sends -1 and 0 if it has no limit to report. */
function countIn(text: string | undefined, atLeast: number): number | undefined {
  if (text === undefined || !/^\d{1,15}$/.test(text.trim())) return undefined;
  const count = Number(text);
  return count >= atLeast ? count : undefined;
}

/**
 * The limits per minute in a reply's headers; null if there are none. A limit that resets later than within a
 * minute is one per day (Groq's `-requests`, https://console.groq.com/docs/rate-limits) and is ignored.
 * @param headers names in lower case
 */
export function reportedLimits(headers: Readonly<Record<string, string>>): ReportedLimits | null {
  const names =
    'anthropic-ratelimit-input-tokens-limit' in headers
      ? anthropic
      : 'anthropic-ratelimit-requests-limit' in headers
        ? anthropicTotal
        : 'x-ratelimit-limit-requests' in headers || 'x-ratelimit-limit-tokens' in headers
          ? openAi
          : null;
  if (!names) return null;
  const found: ReportedLimits = { limits: {}, remaining: {} };
  for (const [meter, name] of names) {
    const limit = countIn(headers[name('limit')], 1);
    if (limit === undefined) continue;
    const reset = names === openAi ? durationMs(headers[`x-ratelimit-reset-${meter}`]) : undefined;
    if (reset !== undefined && reset > minuteMs) continue;
    found.limits[meter] = limit;
    const remaining = countIn(headers[name('remaining')], 0);
    if (remaining !== undefined) found.remaining[meter] = remaining;
  }
  return Object.keys(found.limits).length > 0 ? found : null;
}
