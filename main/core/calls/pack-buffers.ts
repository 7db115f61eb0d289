/** A hundred rows are some 60 kB. */
const roomFor = 96 * 1024;
const maxFree = 12;
const free: SharedArrayBuffer[] = [];

/**
 * The text's bytes outside V8's heap, in memory that the database's thread reads where it is; it was used before where
 * some is free.
 */
export function keepBytes(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const memory = (length <= roomFor && free.pop()) || new SharedArrayBuffer(Math.max(length, roomFor));
  const bytes = Buffer.from(memory, 0, length);
  bytes.write(text);
  return bytes;
}

/** Nobody reads these bytes any more. */
export function giveBack({ buffer }: Buffer): void {
  if (buffer instanceof SharedArrayBuffer && buffer.byteLength === roomFor && free.length < maxFree)
    free.push(buffer);
}
