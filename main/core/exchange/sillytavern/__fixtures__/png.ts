import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export interface Chunk {
  type: string;
  data: Buffer;
  /** Writes a wrong checksum. */
  badCrc?: boolean;
  /** Written instead of the real length. */
  length?: number;
}

function bytesOf({ type, data, badCrc, length }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length ?? data.length);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE((crc32(body) ^ (badCrc ? 1 : 0)) >>> 0);
  return Buffer.concat([head, body, tail]);
}

/** A one-pixel PNG with these chunks before its end. */
export function png(...chunks: Chunk[]): Buffer {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const pixel = deflateSync(Buffer.from([0, 0]));
  const all: Chunk[] = [
    { type: 'IHDR', data: header },
    { type: 'IDAT', data: pixel },
    ...chunks,
    { type: 'IEND', data: Buffer.alloc(0) },
  ];
  return Buffer.concat([signature, ...all.map(bytesOf)]);
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

export const textChunk = (keyword: string, text: string): Chunk => ({
  type: 'tEXt',
  data: Buffer.concat([Buffer.from(`${keyword}\0`), Buffer.from(text, 'latin1')]),
});

/** A V2 card embedded in an image. */
export const cardChunk = (keyword: string, card: unknown) => textChunk(keyword, base64(card));

/** An `iTXt`, compressed or not. */
export function itxtChunk(keyword: string, text: string | Buffer, compressed: boolean): Chunk {
  const bytes = Buffer.from(text);
  const head = Buffer.from(`${keyword}\0${compressed ? '\u0001' : '\0'}\0\0\0`, 'latin1');
  return { type: 'iTXt', data: Buffer.concat([head, compressed ? deflateSync(bytes) : bytes]) };
}
