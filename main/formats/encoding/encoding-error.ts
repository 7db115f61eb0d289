/** Bytes that are not text in the encoding they are read as, or a letter that an encoding lacks. */
export class EncodingError extends Error {
  /** 1-based; null where the fault has no line. */
  readonly line: number | null;
  /** Offset of the first byte that does not fit, from 0; null where no single byte is at fault. */
  readonly byte: number | null;

  constructor(message: string, line: number | null = null, byte: number | null = null) {
    super(message);
    this.name = 'EncodingError';
    this.line = line;
    this.byte = byte;
  }
}
