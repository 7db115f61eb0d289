import type { ChatAnswer } from '../../../contract/chat.ts';
import type { Redactor } from '../redact.ts';

const kept = new WeakMap<ChatAnswer, Buffer>();

/** A provider's JSON as it came, and as text. */
export interface ReplyBytes {
  bytes: Buffer;
  text: string;
}

/** The provider's bytes, unless a secret stands in them: then without it. */
export function withoutSecrets(bytes: Buffer, redactor: Redactor, text = bytes.toString('utf8')): Buffer {
  const clean = redactor.cut(text);
  return clean === text ? bytes : Buffer.from(clean);
}

/** Notes the provider's own JSON beside the answer that was read from it, for a caller who speaks its wire. */
export function keepBytes(answer: ChatAnswer, bytes: Buffer | undefined): ChatAnswer {
  if (bytes) kept.set(answer, bytes);
  return answer;
}

/** The provider's reply as it came; undefined where the answer has to be translated. */
export function bytesOf(answer: ChatAnswer): Buffer | undefined {
  return kept.get(answer);
}
