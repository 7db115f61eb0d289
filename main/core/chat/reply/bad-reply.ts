import type { ProviderErrorCode } from '../../../../contract/errors.ts';
import { TransportError } from '../../net/transport-error.ts';

/** So much of a provider's body is shown. */
export const shownBody = 4000;

/** A 200 with something in it that is not this protocol's reply. */
export function badReply(text: string, status: number): TransportError {
  const what = text.trim() === '' ? 'the reply is empty' : 'the reply is not what this protocol sends';
  return new TransportError('provider_bad_reply', what, { status, body: text.slice(0, shownBody) });
}

/** Errors inside a 200 that may be gone at the next attempt. */
export function isTransient(code: ProviderErrorCode): boolean {
  return ['provider_overloaded', 'provider_rate_limited', 'provider_error'].includes(code);
}
