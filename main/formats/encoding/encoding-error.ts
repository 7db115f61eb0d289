/** Bytes that are not text in their encoding, or an encoding that is not supported. */
export class EncodingError extends Error {
  /** 1-based; null if no line is at fault. */
  readonly line: number | null;
  /** Offset of the first invalid byte, from 0; null if no single byte is at fault. */
  readonly byte: number | null;

  constructor(message: string, line: number | null = null, byte: number | null = null) {
    super(message);
    this.name = 'EncodingError';
    this.line = line;
    this.byte = byte;
  }
}
