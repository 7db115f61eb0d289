import { randomBytes } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { writeZip } from './write-zip.ts';

/** A stream that is full after each piece, like a slow caller's connection. */
function slowStream() {
  const pieces: Buffer[] = [];
  let listeners = 0;
  const stream: Writable = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _encoding, done) {
      pieces.push(chunk);
      listeners = Math.max(listeners, stream.listenerCount('close'));
      void setImmediate().then(() => done());
    },
  });
  return { stream, bytes: () => Buffer.concat(pieces), listeners: () => listeners };
}

test('a caller that reads slowly gets the whole zip, with one listener at a time on its connection', async () => {
  const pieces = Array.from({ length: 40 }, () => randomBytes(70_000));
  const { stream, bytes, listeners } = slowStream();
  await writeZip(stream, [{ path: 'a/b.bin', content: () => Readable.from(pieces) }]);
  // `toEqual` takes half a minute for this many bytes.
  expect(Buffer.concat(pieces).equals(unzipSync(bytes())['a/b.bin'] ?? new Uint8Array())).toBe(true);
  expect(listeners()).toBeLessThanOrEqual(2);
});

test('a caller that leaves ends the zip', async () => {
  const { stream } = slowStream();
  const content = () => Readable.from(Array.from({ length: 40 }, () => randomBytes(70_000)));
  stream.once('drain', () => stream.destroy());
  await expect(writeZip(stream, [{ path: 'a', content }])).rejects.toThrow('the caller disconnected');
});
