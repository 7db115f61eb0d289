import type { Plan } from './plan.ts';

/** How to read a body: one JSON document, server-sent events, or JSON lines. */
export type BodyKind = 'document' | 'sse' | 'ndjson';

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
const eventField = /^(data|event|id|retry)[ \t]*:|^:/;
const maxFieldName = 6;
/** A body that begins with more white space than this is read as a document. */
const maxHead = 4096;

/** The bytes after a UTF-8 byte order mark. */
export function textWithoutMark(bytes: Buffer): Buffer {
  return bytes.subarray(0, 3).equals(byteOrderMark) ? bytes.subarray(3) : bytes;
}

/**
 * Determines the kind of a 2xx body from its first bytes, because content types are unreliable. Undefined
 * until enough bytes have arrived.
 * @param head the bytes received so far
 */
export function bodyKind(
  head: Buffer,
  { adapter, streams }: Pick<Plan, 'adapter' | 'streams'>,
): BodyKind | undefined {
  if (head.length < byteOrderMark.length && byteOrderMark.subarray(0, head.length).equals(head))
    return undefined;
  const start = textWithoutMark(head)
    .toString('latin1', 0, maxHead + 64)
    .trimStart();
  if (start === '') return head.length > maxHead ? 'document' : undefined;
  if (eventField.test(start)) return 'sse';
  if (start.length < maxFieldName && /^[deir][a-z]*$/.test(start)) return undefined;
  return start.startsWith('{') && adapter.framing === 'ndjson' && streams ? 'ndjson' : 'document';
}
