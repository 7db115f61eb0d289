import { TransportError } from './transport-error.ts';
import type { HttpReply } from './transport.ts';

/** Size limit of a reply; a larger one is an error. */
export const maxReplyBytes = 32 * 1024 * 1024;

/** The failure for a reply larger than `limit` bytes. */
export function replyTooLarge(limit: number): TransportError {
  return new TransportError('provider_reply_too_large', `the reply is larger than ${limit / 1024 / 1024} MB`);
}

/**
 * Reads a complete reply.
 * @throws TransportError `provider_reply_too_large`; any socket error
 */
export function readBytes(reply: HttpReply, limit = maxReplyBytes): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const take = (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) throw replyTooLarge(limit);
    chunks.push(chunk);
  };
  return reply.body
    .read(take)
    .then(() => (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
}

/**
 * Reads a complete reply as text.
 * @throws what `readBytes` throws
 */
export async function readBody(reply: HttpReply, limit = maxReplyBytes): Promise<string> {
  return (await readBytes(reply, limit)).toString('utf8');
}

/**
 * Reads about the first `limit` bytes of an error's body. If the rest is missing, the status still describes
 * the error.
 */
export async function readStart(reply: HttpReply, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    await reply.body.read((chunk) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) throw replyTooLarge(limit);
    });
  } catch {
    // Cut off, hanging or too long: use what arrived.
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** JSON, or undefined for anything else. */
export function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
