import type { Redactor } from '../../lib/redact.ts';

/** A provider's JSON as received, and as text. */
export interface ReplyBytes {
  bytes: Buffer;
  text: string;
}

/** The provider's bytes; if they contain a secret, with the secret redacted. */
export function withoutSecrets(bytes: Buffer, redactor: Redactor, text = bytes.toString('utf8')): Buffer {
  const clean = redactor.redact(text);
  return clean === text ? bytes : Buffer.from(clean);
}
