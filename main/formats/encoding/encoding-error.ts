import type { FileFault } from '../file-fault.ts';

/** Bytes that are not text in their encoding, or an encoding that is not supported. */
export class EncodingError extends Error {
  readonly fault: FileFault;
  /** 1-based; null if no line is at fault. */
  readonly line: number | null;
  /** Offset of the first invalid byte, from 0; null if no single byte is at fault. */
  readonly byte: number | null;

  constructor(fault: FileFault, byte: number | null = null) {
    super(fault.message);
    this.name = 'EncodingError';
    this.fault = fault;
    this.line = 'line' in fault.values ? fault.values.line : null;
    this.byte = byte;
  }
}
