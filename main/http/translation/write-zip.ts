import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { Zip, ZipDeflate } from 'fflate';

export interface ZipEntry {
  /** With `/` between its parts. */
  path: string;
  content(): Readable;
}

/**
 * Writes a zip piece by piece: no file of it is in memory as a whole. The stream stays open.
 * @throws what a file or the stream fails with; the zip is broken off then
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
    if (to.destroyed) throw new Error('the caller left');
    if (!full) return;
    full = false;
    const waiting = new AbortController();
    const { signal } = waiting;
    // What is not waited for any more must not leave its listener on the stream.
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
