import type { Redactor } from '../../lib/redact.ts';

/** A provider's JSON as it came, and as text. */
export interface ReplyBytes {
  bytes: Buffer;
  text: string;
}

/** The provider's bytes, unless a secret stands in them: then without it. */
export function withoutSecrets(bytes: Buffer, redactor: Redactor, text = bytes.toString('utf8')): Buffer {
  const clean = redactor.redact(text);
  return clean === text ? bytes : Buffer.from(clean);
}
