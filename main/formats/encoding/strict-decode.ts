import { fileFault } from '../file-fault.ts';
import iconv from 'iconv-lite';
import { byteOffsets } from './byte-offsets.ts';
import { EncodingError } from './encoding-error.ts';
import { encodingFamily } from './encoding-names.ts';

const loneSurrogate = /\p{Surrogate}/u;
// `iconv-lite` decodes GB18030 beyond the last code point to lone surrogates.
const replaced = /\ufffd|\p{Surrogate}/u;

/**
 * The text, or null if a byte is invalid.
 * @param name in the spelling of `canonicalEncoding`
 */
export function tryDecode(bytes: Uint8Array, name: string): string | null {
  const text = decodeLoosely(bytes, name, 0);
  return findFault(bytes, text, name, 0) === null ? text : null;
}

/**
 * Decodes the bytes from `start` on.
 * @throws EncodingError with the line and offset of the first invalid byte
 */
export function decodeAs(bytes: Uint8Array, name: string, start: number): string {
  const text = decodeLoosely(bytes, name, start);
  const fault = findFault(bytes, text, name, start);
  if (fault === null) return text;
  const line = countLines(text, fault.at);
  const { byte } = fault;
  const value = hex(bytes[byte]);
  const message =
    `Line ${line} is not ${name}: byte ${byte} (${value}) is not valid. ` +
    'Choose the encoding of the file, or save the file as UTF-8.';
  throw new EncodingError(fileFault('bad_byte', { line, encoding: name, byte, value }, message), byte);
}

function decodeLoosely(bytes: Uint8Array, name: string, start: number): string {
  const body = bytes.subarray(start);
  // The platform's decoder is much faster, and replaces invalid bytes in the same way.
  if (name === 'utf8') return new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  return iconv.decode(body, name, { stripBOM: false });
}

/** The first invalid character. In UTF-8 and UTF-16, U+FFFD may also be part of the file and is then valid. */
function findFault(
  bytes: Uint8Array,
  text: string,
  name: string,
  start: number,
): { at: number; byte: number } | null {
  const family = encodingFamily(name);
  if (family === 'utf16le' || family === 'utf16be') {
    const lone = loneSurrogate.exec(text);
    if (lone !== null) return { at: lone.index, byte: start + 2 * lone.index };
    if ((bytes.length - start) % 2 === 0) return null;
    return { at: text.length, byte: bytes.length - 1 };
  }
  let from = 0;
  let byte = start;
  for (;;) {
    const at = family === 'utf8' ? text.indexOf('\ufffd', from) : text.search(replaced);
    if (at === -1) return null;
    const [step] = byteOffsets(bytes, text.slice(from, at), name, [at - from], byte);
    byte = step ?? byte;
    const isInFile = bytes[byte] === 0xef && bytes[byte + 1] === 0xbf && bytes[byte + 2] === 0xbd;
    if (family !== 'utf8' || !isInFile) return { at, byte };
    byte += 3;
    from = at + 1;
  }
}

/** The 1-based line of a text offset; `\r\n`, `\n` and `\r` each end one. */
export function countLines(text: string, offset: number): number {
  let line = 1;
  for (let at = 0; at < offset; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) line += 1;
  }
  return line;
}

function hex(byte: number | undefined): string {
  return `0x${(byte ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
}
