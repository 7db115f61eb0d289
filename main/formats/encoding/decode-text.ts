import { fileFault } from '../file-fault.ts';
import { isUtf32, readMark } from './byte-order-mark.ts';
import { rankEncodings, type Confidence } from './detect-encoding.ts';
import { EncodingError } from './encoding-error.ts';
import { canonicalEncoding } from './encoding-names.ts';
import { countLines, decodeAs, tryDecode } from './strict-decode.ts';

export interface DecodedText {
  /** Without the byte order mark. */
  text: string;
  /** In the spelling of `canonicalEncoding`. */
  encoding: string;
  byteOrderMark: boolean;
  confidence: Confidence;
}

/**
 * Decodes bytes in the given encoding, or in the most likely one. Removes a byte order mark of that encoding.
 * @param encoding overrides detection; any spelling that `canonicalEncoding` knows
 * @throws EncodingError with the line and position of an invalid byte; no byte is ever replaced
 */
export function decodeText(bytes: Uint8Array, encoding?: string): DecodedText {
  if (isUtf32(bytes))
    throw new EncodingError(fileFault('utf32', {}, 'This is UTF-32. Save the file as UTF-8.'));
  const mark = readMark(bytes);
  if (encoding !== undefined) {
    const name = canonicalEncoding(encoding);
    if (name === null) {
      const message = `The encoding “${encoding}” is not supported.`;
      throw new EncodingError(fileFault('unknown_encoding', { encoding }, message));
    }
    const start = mark?.name === name ? mark.length : 0;
    return {
      text: decodeAs(bytes, name, start),
      encoding: name,
      byteOrderMark: start > 0,
      confidence: 'set',
    };
  }
  if (mark !== null) {
    const text = decodeAs(bytes, mark.name, mark.length);
    return { text, encoding: mark.name, byteOrderMark: true, confidence: 'certain' };
  }
  for (const { name, confidence } of rankEncodings(bytes)) {
    const text = tryDecode(bytes, name);
    if (text !== null) return { text, encoding: name, byteOrderMark: false, confidence };
  }
  // If no encoding fits, the error for UTF-8 names the line.
  const text = decodeAs(bytes, 'utf8', 0);
  const at = text.search(control);
  const line = countLines(text, Math.max(0, at));
  const message = `Line ${line} contains a control character that does not occur in text: this is not a text file.`;
  throw new EncodingError(fileFault('control_character', { line }, message));
}

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const control = /[\0-\x08\x0e-\x1f\x7f]/;
