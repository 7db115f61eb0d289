import type { ErrorInfo } from '../../../contract/errors.ts';
import type { Answer } from '../define.ts';

/**
 * The answer to a call whose whole reply the provider's filter blocked. Providers answer such calls with a
 * 200, and their clients would retry an error. null for any other error.
 */
export function refusedAnswer({ code, message, details = {} }: ErrorInfo): Answer | null {
  if (code !== 'content_filtered') return null;
  const { provider, model, upstream_message: text } = details;
  return {
    provider: typeof provider === 'string' ? provider : '',
    model: typeof model === 'string' ? model : '',
    data: { reply: '', raw: null, headers: {}, usage: null, finish_reason: 'content_filter' },
    usage: null,
    dropped: [],
    warnings: [],
    refusal: typeof text === 'string' && text !== '' ? text : message,
  };
}
