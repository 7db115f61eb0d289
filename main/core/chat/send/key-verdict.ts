import type { TransportError } from '../../net/transport-error.ts';

const keyNamed = String.raw`(?:api[ _-]?key|access token|auth(?:entication)? token|credentials?)`;
const noGood = String.raw`(?:invalid|not valid|incorrect|wrong|expired|revoked|disabled|deactivated|deleted|leaked|suspended|blocked|unknown)`;
const badKey = new RegExp(
  String.raw`\b${keyNamed}\b[^.]{0,60}\b${noGood}\b|\b${noGood}\b[^.]{0,20}\b${keyNamed}\b`,
  'i',
);

/**
 * What a failed attempt says of the key that it was sent with. `refused`: the provider does not take it, by 401, by
 * 403 in words that name the key, or by Gemini's 400 `API_KEY_INVALID`. A 403 alone is not enough: OpenRouter answers so
 * to a moderated prompt, Anthropic and Google to a model that the account may not use. `limited`: a 429, be it for the
 * rate or for the account's quota.
 */
export function verdictOnKey(failure: TransportError): 'refused' | 'limited' | null {
  const { code, status, message, upstreamCode } = failure;
  if (status === 429 || code === 'provider_rate_limited') return 'limited';
  if (status === 401) return 'refused';
  if (code !== 'provider_unauthorized' || status === null) return null;
  if (status !== 403) return 'refused';
  return badKey.test(message) || /api_?key|invalid_key/i.test(upstreamCode ?? '') ? 'refused' : null;
}
