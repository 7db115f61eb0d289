import iconv from 'iconv-lite';
import { encodingFamily } from './encoding-names.ts';

/** The bytes, or the first letter that the encoding lacks. */
export type EncodedText = { bytes: Uint8Array } | { unencodable: string };

const utf8 = new TextEncoder();
const loneSurrogate = /\p{Surrogate}/u;
const onlyAscii = /^[\0-\x7f]*$/;

/**
 * Text as bytes without a byte order mark. `iconv-lite` writes `?` for a letter that an encoding lacks, so the bytes
 * are decoded again and compared.
 * @param encoding in the spelling of `canonicalEncoding`
 */
export function encodeText(text: string, encoding: string): EncodedText {
  const lone = loneSurrogate.exec(text);
  if (lone !== null) return { unencodable: lone[0] };
  if (encodingFamily(encoding) === 'utf8') return { bytes: utf8.encode(text) };
  const bytes = iconv.encode(text, encoding, { addBOM: false });
  if (iconv.decode(bytes, encoding, { stripBOM: false }) === text) return { bytes };
  return { unencodable: firstLost(text, encoding) };
}

function firstLost(text: string, encoding: string): string {
  for (const letter of text) {
    if (onlyAscii.test(letter)) continue;
    const back = iconv.decode(iconv.encode(letter, encoding, { addBOM: false }), encoding, {
      stripBOM: false,
    });
    if (back !== letter) return letter;
  }
  // Each letter survives by itself and the whole does not: a sequence that the encoding joins.
  return text;
}
