import { TransportError } from './transport-error.ts';
import type { HttpReply } from './transport.ts';

/** Replies above this are cut off with an error. */
export const maxReplyBytes = 32 * 1024 * 1024;

/** The failure of a reply that is larger than `limit` bytes. */
export function replyTooLarge(limit: number): TransportError {
  return new TransportError('provider_reply_too_large', `the reply is larger than ${limit / 1024 / 1024} MB`);
}

/**
 * A whole reply.
 * @throws TransportError `provider_reply_too_large`; whatever the socket threw
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

/** A whole reply as text. Throws what `readBytes` throws. */
export async function readBody(reply: HttpReply, limit = maxReplyBytes): Promise<string> {
  return (await readBytes(reply, limit)).toString('utf8');
}

/** As much of an error's body as comes, `limit` bytes or a little more: the status tells where the rest is missing. */
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
    // Cut, hung or too long: what came has to do.
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
