/** The encoding of a byte order mark and the mark's length in bytes; null if there is no mark. */
export function readMark(bytes: Uint8Array): { name: string; length: number } | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { name: 'utf8', length: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { name: 'utf16le', length: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { name: 'utf16be', length: 2 };
  return null;
}

/** UTF-32 begins with UTF-16's mark and two zero bytes. It gets a separate error, since no known game uses it. */
export function isUtf32(bytes: Uint8Array): boolean {
  const little = bytes[0] === 0xff && bytes[1] === 0xfe && bytes[2] === 0 && bytes[3] === 0;
  const big = bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 0xfe && bytes[3] === 0xff;
  return bytes.length >= 4 && (little || big);
}
