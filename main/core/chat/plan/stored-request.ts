import type { KeptRequest } from '../../../../contract/call-log.ts';
import type { ChatCall } from '../resolve/merge-options.ts';
import { isCredentialHeader, isCredentialQuery } from '../../registry/environment.ts';
import { secretValues } from '../../lib/secret-values.ts';

/** A call as its caller requested it. */
export type RequestedCall = Partial<ChatCall> & Pick<ChatCall, 'messages'>;

/** A credential that the caller sends is not known to the redactor, so it would not be removed. */
export function carriesSecret({ provider_options: options }: RequestedCall): boolean {
  return (
    secretValues(options).length > 0 ||
    Object.keys(options?.headers ?? {}).some(isCredentialHeader) ||
    Object.keys(options?.query ?? {}).some(isCredentialQuery)
  );
}

/**
 * The request without its messages, which are stored separately, and without fields that a replay does not
 * need.
 */
export function requestText(asked: RequestedCall): string {
  const {
    messages: _messages,
    context: _context,
    metadata: _metadata,
    tags: _tags,
    acknowledged: _acknowledged,
    ack_token: _token,
    dry_run: _dry,
    offlineReply: _offline,
    packOptions,
    ...rest
  } = asked;
  return JSON.stringify({ ...rest, ...(packOptions ? { pack_options: packOptions } : {}) });
}

/** A stored request as a call for the chat service. */
export function callOf({ pack_options: packOptions, ...request }: KeptRequest): ChatCall {
  return packOptions ? { ...request, packOptions } : request;
}
