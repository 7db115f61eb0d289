/** A part of a buffer, without an object of the buffer's own kind: a packet may hold hundreds. */
export interface ByteRange {
  of: Buffer;
  from: number;
  /** Behind the last byte. */
  to: number;
}

/** Adds a range to those before it; ranges side by side in one buffer become one. */
export function addRange(ranges: ByteRange[], { of, from, to }: ByteRange): void {
  const last = ranges.at(-1);
  if (last?.of === of && last.to === from) last.to = to;
  else ranges.push({ of, from, to });
}

/** The bytes of all ranges; those of a single one are not copied. */
export function bytesIn(ranges: readonly ByteRange[]): Buffer {
  const parts = ranges.map(({ of, from, to }) => of.subarray(from, to));
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}
