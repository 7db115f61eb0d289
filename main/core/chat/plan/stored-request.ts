import type { KeptRequest } from '../../../../contract/call-log.ts';
import type { ChatCall } from '../resolve/merge-options.ts';
import { isCredentialHeader, isCredentialQuery } from '../../registry/environment.ts';
import { secretValues } from '../../lib/secret-values.ts';

/** A call as its caller asked for it. */
export type AskedCall = Partial<ChatCall> & Pick<ChatCall, 'messages'>;

/** A credential that the caller sent along is known to nobody else, so nothing would cut it out. */
export function carriesSecret({ provider_options: options }: AskedCall): boolean {
  return (
    secretValues(options).length > 0 ||
    Object.keys(options?.headers ?? {}).some(isCredentialHeader) ||
    Object.keys(options?.query ?? {}).some(isCredentialQuery)
  );
}

/** All of a request but its messages, which are kept apart, and what a call made again has no use for. */
export function requestText(asked: AskedCall): string {
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

/** A kept request as a call for the chat service. */
export function callOf({ pack_options: packOptions, ...request }: KeptRequest): ChatCall {
  return packOptions ? { ...request, packOptions } : request;
}
