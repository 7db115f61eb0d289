/**
 * How long a provider asks to wait, in milliseconds from `now`: `retry-after-ms` (OpenAI, Azure), else `Retry-After` in
 * seconds or as an HTTP date (RFC 9110, 10.2.3). Undefined where it does not say.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const exact = Number(headers['retry-after-ms'] ?? NaN);
  if (Number.isFinite(exact) && exact >= 0) return exact;
  const header = headers['retry-after']?.trim();
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
