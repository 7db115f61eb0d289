import { crc32, inflateSync } from 'node:zlib';
import { AppError } from '../../lib/app-error.ts';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Maximum size of a text, compressed or not, in bytes. */
const maxTextBytes = 4 * 1024 * 1024;

export const isPng = (bytes: Buffer) => bytes.subarray(0, 8).equals(signature);

const damaged = (what: string) => new AppError('file_unreadable', `the picture is damaged: ${what}`);

function inflated(bytes: Buffer): Buffer {
  try {
    return inflateSync(bytes, { maxOutputLength: maxTextBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLong();
    throw damaged('a compressed text cannot be read');
  }
}

const tooLong = () =>
  new AppError(
    'file_unreadable',
    `a text in the picture is larger than ${maxTextBytes / 1024 / 1024} MB, and no character card is`,
  );

/** The text of a `tEXt`, `zTXt` or `iTXt` chunk after its keyword. */
function textOf(type: string, data: Buffer, start: number): string {
  if (type === 'tEXt') return data.subarray(start).toString('latin1');
  if (type === 'zTXt') return inflated(data.subarray(start + 1)).toString('latin1');
  const compressed = data[start] === 1;
  const language = data.indexOf(0, start + 2);
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
  if (translated < 0) throw damaged('a text chunk ends too early');
  const text = data.subarray(translated + 1);
  return (compressed ? inflated(text) : text).toString('utf8');
}

/**
 * The texts of a PNG by keyword; if a keyword occurs twice, the first. Other chunks are skipped, and only the
 * chunks that are read have their checksum verified. Source: w3.org/TR/png-3, 11.3.3
 * @throws AppError `file_unreadable` for a truncated or damaged file, or a text that is too long
 */
export function pngTexts(bytes: Buffer, keywords: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  let at = signature.length;
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const end = at + 8 + length;
    if (end + 4 > bytes.length) throw damaged(`the chunk ${printable(type)} is longer than the file`);
    if (type === 'IEND') return found;
    if (type === 'tEXt' || type === 'zTXt' || type === 'iTXt') {
      const data = bytes.subarray(at + 8, end);
      // A keyword has at most 79 bytes.
      const zero = data.subarray(0, 80).indexOf(0);
      const keyword = zero < 0 ? '' : data.toString('latin1', 0, zero);
      if (keywords.includes(keyword) && !found.has(keyword)) {
        if (length > maxTextBytes) throw tooLong();
        if (bytes.readUInt32BE(end) !== crc32(bytes.subarray(at + 4, end)))
          throw damaged(`the checksum of its text "${keyword}" does not match`);
        found.set(keyword, textOf(type, data, zero + 1));
      }
    }
    at = end + 4;
  }
  throw damaged('it ends too early');
}

const printable = (type: string) => type.replace(/[^A-Za-z]/g, '?');
