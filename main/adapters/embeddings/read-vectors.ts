/** The numbers of base64 of 32-bit floats, little-endian; undefined where the text is no whole number of them. */
export function fromBase64(text: string): number[] | undefined {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === 0 || bytes.length % 4 !== 0) return undefined;
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
}

/** A list of finite numbers, or such a list in base64; undefined for anything else. */
function readVector(value: unknown): number[] | undefined {
  if (typeof value === 'string') return fromBase64(value);
  const isVector = Array.isArray(value) && value.length > 0 && value.every((entry) => Number.isFinite(entry));
  return isVector ? (value as number[]) : undefined;
}

/** All of them, or null where one is missing: a shifted vector is worse than none. */
export function readVectors(values: readonly unknown[], count: number): number[][] | null {
  const vectors = values.flatMap((value) => {
    const vector = readVector(value);
    return vector ? [vector] : [];
  });
  return vectors.length === count && count > 0 ? vectors : null;
}
