import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { listZip } from './zip-entries.mjs';

const STORED = 0;
const DEFLATED = 8;

function checksum({ name, crc: expected }) {
  let crc = 0;
  return new Transform({
    transform(chunk, _encoding, done) {
      crc = zlib.crc32(chunk, crc);
      done(null, chunk);
    },
    flush(done) {
      done(crc === expected ? null : new Error(`${name} does not match its checksum.`));
    },
  });
}

function streams(path, entry) {
  if (entry.method !== STORED && entry.method !== DEFLATED)
    throw new Error(`${entry.name}: zip method ${entry.method}.`);
  // `end` is inclusive, so an empty range cannot be expressed.
  const raw =
    entry.compressedSize === 0
      ? Readable.from([])
      : createReadStream(path, { start: entry.dataAt, end: entry.dataAt + entry.compressedSize - 1 });
  return [raw, ...(entry.method === DEFLATED ? [zlib.createInflateRaw()] : []), checksum(entry)];
}

function refuseOutside(name) {
  if (!name.split(/[\\/]/).includes('..') && !/^([\\/]|[a-z]:)/i.test(name)) return;
  throw new Error(`The zip file names a path outside its folder: ${name}`);
}

/**
 * Unpacks a zip file entry by entry, keeping executable bits and symbolic links.
 * @param {string} path the zip file
 * @param {string} target folder to unpack into
 * @param {(name: string) => string | null} location the path inside `target`, or `null` to skip an entry
 * @throws for an invalid file, a wrong checksum, or a name that would be outside `target`
 */
export async function unpackZip(path, target, location) {
  for (const entry of await listZip(path, (name) => location(name) !== null)) {
    if (entry.kind === 'folder') continue;
    const name = location(entry.name);
    refuseOutside(name);
    const to = join(target, name);
    await mkdir(dirname(to), { recursive: true });
    if (entry.kind === 'symlink') {
      const bytes = [];
      await pipeline(...streams(path, entry), async (content) => bytes.push(await buffer(content)));
      const link = Buffer.concat(bytes).toString('utf8');
      refuseOutside(link);
      await symlink(link, to);
    } else {
      await pipeline(...streams(path, entry), createWriteStream(to));
      await chmod(to, entry.mode || 0o644);
    }
  }
}
