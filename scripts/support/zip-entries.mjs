import { open } from 'node:fs/promises';

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const SYMLINK = 0o120000;

async function readAt(handle, position, length) {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new Error('The zip file ends too early.');
  return buffer;
}

function parseEntry(buffer, at) {
  if (buffer.readUInt32LE(at) !== ENTRY_SIGNATURE) throw new Error('The zip file has a broken directory.');
  const nameLength = buffer.readUInt16LE(at + 28);
  const mode = buffer.readUInt32LE(at + 38) >>> 16;
  const name = buffer.toString('utf8', at + 46, at + 46 + nameLength);
  return {
    name,
    mode: mode & 0o777,
    kind: name.endsWith('/') ? 'folder' : (mode & 0o170000) === SYMLINK ? 'symlink' : 'file',
    method: buffer.readUInt16LE(at + 10),
    crc: buffer.readUInt32LE(at + 16),
    compressedSize: buffer.readUInt32LE(at + 20),
    headerAt: buffer.readUInt32LE(at + 42),
    next: at + 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32),
  };
}

async function readDirectory(handle) {
  const { size } = await handle.stat();
  const tailLength = Math.min(size, 22 + 0xffff);
  const tail = await readAt(handle, size - tailLength, tailLength);
  let end = tailLength - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END_SIGNATURE) end -= 1;
  if (end < 0) throw new Error('Not a zip file, or one that is cut short.');
  const position = tail.readUInt32LE(end + 16);
  if (position === 0xffffffff) throw new Error('zip64 files are not supported.');
  return {
    bytes: await readAt(handle, position, tail.readUInt32LE(end + 12)),
    count: tail.readUInt16LE(end + 10),
  };
}

/**
 * Lists a zip file's entries (PKWARE APPNOTE 4.3; no zip64, no encryption), each with `dataAt`, the
 * byte offset of its content; only those that pass `wanted`.
 * @param {string} path
 * @param {(name: string) => boolean} [wanted]
 * @throws if the file is not a zip, is truncated, or is a zip64
 */
export async function listZip(path, wanted = () => true) {
  const handle = await open(path, 'r');
  try {
    const { bytes, count } = await readDirectory(handle);
    const entries = [];
    for (let at = 0, read = 0; read < count; read += 1) {
      const entry = parseEntry(bytes, at);
      at = entry.next;
      if (!wanted(entry.name)) continue;
      const local = await readAt(handle, entry.headerAt, 30);
      if (local.readUInt32LE(0) !== LOCAL_SIGNATURE)
        throw new Error(`The zip file is broken at ${entry.name}.`);
      // The local header's extra field may be longer than that in the directory.
      const dataAt = entry.headerAt + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
      entries.push({ ...entry, dataAt });
    }
    return entries;
  } finally {
    await handle.close();
  }
}
