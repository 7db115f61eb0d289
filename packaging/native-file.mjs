/** @typedef {{ platform: 'linux' | 'darwin' | 'win32', arch: string }} NativeTarget names as in `process` */

const elfMachines = { 0x3e: 'x64', 0xb7: 'arm64', 0x28: 'arm' };
const peMachines = { 0x8664: 'x64', 0xaa64: 'arm64', 0x14c: 'ia32' };
const machTypes = { 0x01000007: 'x64', 0x0100000c: 'arm64' };
const mach64 = 0xfeedfacf;
const machFat = 0xcafebabe;

const unknown = 'unknown';

/** Offset of the PE header, or null where the bytes are no Windows program or library. */
function peHeader(bytes) {
  if (bytes.length < 0x40 || bytes.toString('latin1', 0, 2) !== 'MZ') return null;
  const at = bytes.readUInt32LE(0x3c);
  return at + 24 <= bytes.length && bytes.readUInt32BE(at) === 0x50450000 ? at : null;
}

/**
 * What a program or library was built for, by its own header. A Mac file for several architectures is one for `universal`.
 * @param {Buffer} bytes the whole file, or its first kilobytes
 * @returns {NativeTarget | null} null where it is none of ELF, Mach-O (64 bits) and PE
 */
export function nativeTarget(bytes) {
  if (bytes.length < 20) return null;
  if (bytes.readUInt32BE(0) === 0x7f454c46)
    return { platform: 'linux', arch: elfMachines[bytes.readUInt16LE(18)] ?? unknown };
  if (bytes.readUInt32LE(0) === mach64)
    return { platform: 'darwin', arch: machTypes[bytes.readUInt32LE(4)] ?? unknown };
  if (bytes.readUInt32BE(0) === machFat) return { platform: 'darwin', arch: 'universal' };
  const pe = peHeader(bytes);
  return pe === null ? null : { platform: 'win32', arch: peMachines[bytes.readUInt16LE(pe + 4)] ?? unknown };
}

/** The sections of a PE file, by which an address in memory is found in the file. */
function peSections(bytes, pe) {
  const first = pe + 24 + bytes.readUInt16LE(pe + 20);
  return Array.from({ length: bytes.readUInt16LE(pe + 6) }, (_, i) => {
    const at = first + 40 * i;
    return {
      address: bytes.readUInt32LE(at + 12),
      size: bytes.readUInt32LE(at + 16),
      offset: bytes.readUInt32LE(at + 20),
    };
  });
}

/**
 * The libraries that a Windows library needs before it loads, in lower case. (PE format: the import directory is the
 * second data directory; its entries are 20 bytes long, the name's address stands at byte 12, an empty one ends them.)
 * @param {Buffer} bytes the whole file
 * @returns {string[]} empty for a file of another system
 */
export function importedLibraries(bytes) {
  const pe = peHeader(bytes);
  if (pe === null) return [];
  const sections = peSections(bytes, pe);
  const offsetOf = (address) => {
    const found = sections.find((one) => address >= one.address && address < one.address + one.size);
    return found ? address - found.address + found.offset : null;
  };
  // The optional header of a 64-bit file has its data directories at byte 112, of a 32-bit one at byte 96.
  const isWide = bytes.readUInt16LE(pe + 24) === 0x20b;
  const directory = bytes.readUInt32LE(pe + 24 + (isWide ? 112 : 96) + 8);
  const start = directory === 0 ? null : offsetOf(directory);
  const names = [];
  for (let at = start; at !== null && at + 20 <= bytes.length; at += 20) {
    const name = bytes.readUInt32LE(at + 12);
    const offset = name === 0 ? null : offsetOf(name);
    if (offset === null) break;
    names.push(bytes.toString('latin1', offset, bytes.indexOf(0, offset)).toLowerCase());
  }
  return names;
}
