import type { ProviderErrorCode } from '../../../../contract/errors.ts';
import { TransportError } from '../../net/transport-error.ts';

/** Characters of a provider's body shown in an error. */
export const shownBody = 4000;

/** A 200 whose body is not a reply in this protocol. */
export function badReply(text: string, status: number): TransportError {
  const what = text.trim() === '' ? 'the reply is empty' : 'the reply does not have this protocol’s format';
  return new TransportError('provider_bad_reply', what, { status, body: text.slice(0, shownBody) });
}

/** Errors reported inside a 200 that may not recur on the next attempt. */
export function isTransient(code: ProviderErrorCode): boolean {
  return ['provider_overloaded', 'provider_rate_limited', 'provider_error'].includes(code);
}
