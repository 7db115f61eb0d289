import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { Zip, ZipDeflate } from 'fflate';

export interface ZipEntry {
  /** Parts are separated by `/`. */
  path: string;
  content(): Readable;
}

/**
 * Writes a zip in pieces, without a whole file in memory. The stream stays open.
 * @throws the error of a file or of the stream; the zip is then incomplete
 */
export async function writeZip(to: Writable, entries: readonly ZipEntry[]): Promise<void> {
  const failed: Error[] = [];
  let full = false;
  const zip = new Zip((error, chunk) => {
    if (error) failed.push(error);
    else full = !to.write(chunk);
  });
  const drained = async () => {
    if (failed[0]) throw failed[0];
    if (to.destroyed) throw new Error('the caller disconnected');
    if (!full) return;
    full = false;
    const waiting = new AbortController();
    const { signal } = waiting;
    // Removes the other listener, which would otherwise stay on the stream.
    await Promise.race([once(to, 'drain', { signal }), once(to, 'close', { signal })]).finally(() =>
      waiting.abort(),
    );
  };
  for (const { path, content } of entries) {
    const file = new ZipDeflate(path, { level: 6 });
    zip.add(file);
    for await (const chunk of content() as AsyncIterable<Buffer>) {
      file.push(chunk);
      await drained();
    }
    file.push(new Uint8Array(0), true);
    await drained();
  }
  zip.end();
  await drained();
}
