/** A byte range of a buffer. Plain offsets, because a packet may contain hundreds of ranges. */
export interface ByteRange {
  of: Buffer;
  from: number;
  /** Index after the last byte. */
  to: number;
}

/** Adds a range; adjacent ranges of one buffer are merged. */
export function addRange(ranges: ByteRange[], { of, from, to }: ByteRange): void {
  const last = ranges.at(-1);
  if (last?.of === of && last.to === from) last.to = to;
  else ranges.push({ of, from, to });
}

/** The bytes of all ranges; a single range is not copied. */
export function bytesIn(ranges: readonly ByteRange[]): Buffer {
  const parts = ranges.map(({ of, from, to }) => of.subarray(from, to));
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}
