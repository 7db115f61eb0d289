import iconv from 'iconv-lite';
import { encodingFamily } from './encoding-names.ts';

/** The encoded bytes, or the first letter that the encoding lacks. */
export type EncodedText = { bytes: Uint8Array } | { unencodable: string };

const utf8 = new TextEncoder();
const loneSurrogate = /\p{Surrogate}/u;
const onlyAscii = /^[\0-\x7f]*$/;

/**
 * Encodes text, without a byte order mark. `iconv-lite` writes `?` for a letter that an encoding lacks, so this function
 * decodes the bytes again and compares.
 * @param encoding in the spelling of `canonicalEncoding`
 */
export function encodeText(text: string, encoding: string): EncodedText {
  const lone = loneSurrogate.exec(text);
  if (lone !== null) return { unencodable: lone[0] };
  if (encodingFamily(encoding) === 'utf8') return { bytes: utf8.encode(text) };
  const bytes = iconv.encode(text, encoding, { addBOM: false });
  if (iconv.decode(bytes, encoding, { stripBOM: false }) === text) return { bytes };
  return { unencodable: firstUnencodable(text, encoding) };
}

function firstUnencodable(text: string, encoding: string): string {
  for (const letter of text) {
    if (onlyAscii.test(letter)) continue;
    const decoded = iconv.decode(iconv.encode(letter, encoding, { addBOM: false }), encoding, {
      stripBOM: false,
    });
    if (decoded !== letter) return letter;
  }
  // Each letter alone can be encoded, but the encoding joins two of them into one character.
  return text;
}
