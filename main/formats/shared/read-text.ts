import { fileFault } from '../file-fault.ts';
import { fileWarning, type FileWarning } from '../file-warning.ts';
import { FormatError } from '../define.ts';
import { decodeText, type DecodedText } from '../encoding/decode-text.ts';
import { rankEncodings } from '../encoding/detect-encoding.ts';
import { EncodingError } from '../encoding/encoding-error.ts';
import { tryDecode } from '../encoding/strict-decode.ts';
import { readMark } from '../encoding/byte-order-mark.ts';

export interface FileText {
  text: string;
  encoding: string;
  /** Length of the byte order mark in bytes; 0 without one. */
  markLength: number;
  warnings: FileWarning[];
}

// A JavaScript string can have about 536 million UTF-16 units, and decoding needs twice that memory.
const maxBytes = 400 * 1024 * 1024;

/**
 * Decodes a file. Precedence of the encoding: the user's choice, byte order mark, the file's declaration, detection.
 * @throws FormatError with the line if the bytes are not text
 */
export function readText(bytes: Uint8Array, chosen?: string, declared?: string): FileText {
  if (bytes.length > maxBytes)
    throw new FormatError(
      fileFault('too_large', { megabytes: 400 }, 'The file is larger than 400 MB. Split it.'),
    );
  const mark = readMark(bytes);
  const decoded = decode(bytes, chosen ?? (mark === null ? declared : undefined));
  const nul = decoded.text.indexOf('\0');
  if (nul !== -1) {
    const line = decoded.text.slice(0, nul).split(/\r\n|\n|\r/).length;
    const message = `Line ${line} contains a NUL character: this is not a text file.`;
    throw new FormatError(fileFault('nul_character', { line }, message));
  }
  const warnings =
    decoded.confidence === 'guess'
      ? [
          fileWarning(
            'encoding_guessed',
            { encoding: decoded.encoding },
            `Read as ${decoded.encoding}, which is a guess. Set the encoding if letters look wrong.`,
          ),
        ]
      : [];
  const markLength = decoded.byteOrderMark ? (mark?.length ?? 0) : 0;
  return { text: decoded.text, encoding: decoded.encoding, markLength, warnings };
}

function decode(bytes: Uint8Array, encoding?: string): DecodedText {
  try {
    return decodeText(bytes, encoding);
  } catch (error) {
    if (error instanceof EncodingError) throw new FormatError(error.fault, { cause: error });
    throw error;
  }
}

/** The beginning of a file as text, for detection; null if it is not text. Drops a character that is cut off at the end. */
export function readHead(head: Uint8Array): string | null {
  const mark = readMark(head);
  const body = head.subarray(mark?.length ?? 0);
  const names = mark === null ? rankEncodings(head, true).map((ranked) => ranked.name) : [mark.name];
  for (const name of names) {
    for (let dropped = 0; dropped <= 3 && dropped <= body.length; dropped += 1) {
      const text = tryDecode(body.subarray(0, body.length - dropped), name);
      if (text !== null) return text.includes('\0') ? null : text;
    }
  }
  return null;
}

/** The path's last part in lower case: `Data/Map001.JSON` → `map001.json`. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}

/** In lower case, without the dot; empty if there is none. */
export function extension(path: string): string {
  const name = fileName(path);
  const dot = name.lastIndexOf('.');
  return dot === -1 ? '' : name.slice(dot + 1);
}
