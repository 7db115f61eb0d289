import type { Redactor } from '../../lib/redact.ts';
import { bit } from '../../calls/call-row.ts';
import { storable } from '../../lib/storable.ts';
import type { BodyRow } from '../../database/tables.ts';
import { carriesSecret, requestText, type RequestedCall } from '../plan/stored-request.ts';

/** Size limit of each stored body, in bytes. */
const bodyLimit = 64 * 1024;
/** Extra bytes so that a secret which the limit would cut in two is still found. */
const margin = 4096;

/** Images are megabytes of text, so anything beyond the limit is not serialized. */
function jsonOf(messages: RequestedCall['messages']): string {
  return JSON.stringify(messages, (_key, value: unknown) =>
    typeof value === 'string' && value.length > bodyLimit + margin
      ? value.slice(0, bodyLimit + margin)
      : value,
  );
}

/** Cuts text to `limit` bytes without splitting a character. */
function cutBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= limit) return text;
  return bytes
    .subarray(0, limit)
    .toString('utf8')
    .replace(/\uFFFD$/, '');
}

/** Text as it is stored: secrets redacted first, then truncated to the limit. */
function stored(text: string, redactor: Redactor): { text: string; cut: boolean } {
  const clean = redactor.redact(storable(text, bodyLimit + margin));
  const short = cutBytes(clean, bodyLimit);
  return { text: short, cut: short.length < clean.length || text.length > bodyLimit + margin };
}

const previewLength = 160;

/**
 * The beginning of the last message as one line. Secrets are redacted in a longer piece than the one shown.
 */
function previewOf(messages: RequestedCall['messages']): string {
  const content = messages.at(-1)?.content;
  const text =
    typeof content === 'string'
      ? content
      : (content ?? [])
          .map((part) => ('text' in part && typeof part.text === 'string' ? part.text : ''))
          .join(' ');
  return storable(text.slice(0, margin), margin).replace(/\s+/g, ' ').trim();
}

/** Messages and reply as the log stores them, if the user turned that on. */
export function bodiesOf(id: string, asked: RequestedCall, reply: string, redactor: Redactor): BodyRow {
  const messages = stored(jsonOf(asked.messages), redactor);
  const answered = stored(reply, redactor);
  const rest = stored(requestText(asked), redactor);
  const request = messages.cut || rest.cut || carriesSecret(asked) ? null : rest.text;
  const preview = redactor.redact(previewOf(asked.messages)).slice(0, previewLength) || null;
  return {
    id,
    messages: messages.text,
    reply: answered.text,
    cut: bit(messages.cut || answered.cut),
    request,
    preview,
  };
}
