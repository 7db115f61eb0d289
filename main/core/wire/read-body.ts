import { WireFailure } from './wire-failure.ts';
import type { WireReply } from './transport.ts';

/** Replies above this are cut off with an error. */
export const maxReplyBytes = 32 * 1024 * 1024;

/**
 * A whole reply as text.
 * @throws WireFailure `provider_reply_too_large`; whatever the socket threw
 */
export async function readBody(reply: WireReply, limit = maxReplyBytes): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of reply.body) {
    size += chunk.length;
    if (size > limit) {
      reply.body.destroy();
      throw new WireFailure('provider_reply_too_large', `the reply is larger than ${limit / 1024 / 1024} MB`);
    }
    chunks.push(chunk);
  }
  return (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString('utf8');
}

/** JSON, or undefined for anything else. */
export function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
