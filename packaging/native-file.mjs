/** @typedef {{ platform: 'linux' | 'darwin' | 'win32', arch: string }} NativeTarget names as in `process` */

const elfMachines = { 0x3e: 'x64', 0xb7: 'arm64', 0x28: 'arm' };
const peMachines = { 0x8664: 'x64', 0xaa64: 'arm64', 0x14c: 'ia32' };
const machTypes = { 0x01000007: 'x64', 0x0100000c: 'arm64' };
const mach64 = 0xfeedfacf;
const machFat = 0xcafebabe;

const unknown = 'unknown';

/** Offset of the PE header, or null if the bytes are not a Windows program or library. */
function peHeader(bytes) {
  if (bytes.length < 0x40 || bytes.toString('latin1', 0, 2) !== 'MZ') return null;
  const at = bytes.readUInt32LE(0x3c);
  return at + 24 <= bytes.length && bytes.readUInt32BE(at) === 0x50450000 ? at : null;
}

/**
 * The system and architecture of a program or library, from its header. A Mac file for several architectures
 * is `universal`.
 * @param {Buffer} bytes the whole file, or its first kilobytes
 * @returns {NativeTarget | null} null if it is not ELF, Mach-O (64 bits) or PE
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

/** The sections of a PE file, which map memory addresses to file offsets. */
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
 * The libraries that a Windows library imports, in lower case. (PE format: the import directory is the second
 * data directory. Its entries have 20 bytes, with the address of the name at byte 12; an empty entry ends the
 * list.)
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
  // The optional header has its data directories at byte 112 in a 64-bit file, at byte 96 in a 32-bit one.
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
