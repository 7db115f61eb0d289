/** The first bytes of a program for a system, as its loader reads them. */
export function fileFor({ platform, arch }) {
  const bytes = Buffer.alloc(64);
  if (platform === 'darwin') {
    bytes.writeUInt32LE(0xfeedfacf, 0);
    bytes.writeUInt32LE(arch === 'arm64' ? 0x0100000c : 0x01000007, 4);
    return bytes;
  }
  bytes.writeUInt32BE(0x7f454c46, 0);
  bytes.writeUInt16LE(arch === 'arm64' ? 0xb7 : 0x3e, 18);
  return bytes;
}

/** A 64-bit Windows library with one section, which contains its import directory; it has no code. */
export function windowsLibrary(imports) {
  const pe = 0x80;
  const optional = pe + 24;
  const sections = optional + 240;
  const [address, offset] = [0x1000, 0x400];
  const bytes = Buffer.alloc(0x1000);
  bytes.write('MZ', 0, 'latin1');
  bytes.writeUInt32LE(pe, 0x3c);
  bytes.write('PE\0\0', pe, 'latin1');
  bytes.writeUInt16LE(0x8664, pe + 4);
  bytes.writeUInt16LE(1, pe + 6);
  bytes.writeUInt16LE(240, pe + 20);
  bytes.writeUInt16LE(0x20b, optional);
  bytes.writeUInt32LE(address, optional + 112 + 8);
  bytes.write('.rdata', sections, 'latin1');
  bytes.writeUInt32LE(0xc00, sections + 8);
  bytes.writeUInt32LE(address, sections + 12);
  bytes.writeUInt32LE(0xc00, sections + 16);
  bytes.writeUInt32LE(offset, sections + 20);
  let text = 20 * (imports.length + 1);
  imports.forEach((name, i) => {
    bytes.writeUInt32LE(address + text, offset + 20 * i + 12);
    bytes.write(`${name}\0`, offset + text, 'latin1');
    text += name.length + 1;
  });
  return bytes;
}
