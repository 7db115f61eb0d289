import type { ProviderError } from '../define.ts';
import { providerWords } from '../shared/error-message.ts';
import { arr, isObject, num, obj, parseJson, str } from '../shared/read.ts';
import { providerError } from '../shared/wire-error.ts';

const filterCodes = new Set(['content_filter', 'content_policy_violation', 'ResponsibleAIPolicyViolation']);

/**
 * Reads a failed call, or an error inside a 200 (then `error.code` replaces the status, as OpenRouter sends
 * it). OpenRouter's "Provider returned error" is followed by that provider's own message (`metadata.raw`).
 */
export function toError(status: number, json: unknown, text: string): ProviderError {
  const error = obj(obj(json ?? parseJson(text)).error);
  const inside = num(error.code);
  const base = providerError(status < 400 ? (inside ?? status) : status, json, text);
  const detail = upstreamWords(status, error);
  return {
    ...base,
    code: isFiltered(error) ? 'content_filtered' : base.code,
    upstreamMessage: detail === undefined ? base.upstreamMessage : `${base.upstreamMessage} (${detail})`,
  };
}

/** Checks the codes of OpenAI and Azure, and the reasons listed by OpenRouter's moderation. */
function isFiltered(error: Record<string, unknown>): boolean {
  const codes = [error.code, obj(error.innererror).code].map((code) => str(code) ?? '');
  return codes.some((code) => filterCodes.has(code)) || arr(obj(error.metadata).reasons).length > 0;
}

function upstreamWords(status: number, error: Record<string, unknown>): string | undefined {
  const metadata = obj(error.metadata);
  const raw = isObject(metadata.raw) ? JSON.stringify(metadata.raw) : str(metadata.raw);
  if (!raw) return undefined;
  const { message } = providerWords(status, undefined, raw);
  return [str(metadata.provider_name), message].filter(Boolean).join(': ');
}
