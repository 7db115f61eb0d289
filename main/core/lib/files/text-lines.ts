import { createReadStream } from 'node:fs';
import { readMark } from '../../../formats/encoding/byte-order-mark.ts';
import { rankEncodings } from '../../../formats/encoding/detect-encoding.ts';
import { canonicalEncoding } from '../../../formats/encoding/encoding-names.ts';
import { tryDecode } from '../../../formats/encoding/strict-decode.ts';
import { AppError } from '../app-error.ts';

export interface TextLine {
  /** Counted from 1 including empty lines, as in an editor. */
  n: number;
  /** Without its line break. */
  text: string;
}

const lineFeed = 0x0a;
const maxLineBytes = 64 * 1024 * 1024;
const sampleBytes = 64 * 1024;

/**
 * Reads a text file's lines lazily and decodes them strictly: by the byte order mark, else by `encoding`,
 * else as UTF-8.
 * @throws AppError `file_unreadable`; `invalid_request` for bytes that are invalid in the encoding, with the
 * line, and for an unknown encoding
 */
export async function* textLines(file: string, encoding?: string): AsyncGenerator<TextLine> {
  let name: string | undefined;
  let n = 0;
  for await (const bytes of byteLines(file, (head) => (name = encodingOf(file, head, encoding)))) {
    n++;
    const text = tryDecode(bytes, name ?? 'utf8');
    if (text === null) throw undecodable(file, n, name ?? 'utf8', bytes);
    yield { n, text: text.replace(/\r$/, '') };
  }
}

/** Reads a whole text file, decoded as in `textLines`. */
export async function textOf(file: string, encoding?: string): Promise<string> {
  const lines: string[] = [];
  for await (const { text } of textLines(file, encoding)) lines.push(text);
  return lines.join('\n');
}

function encodingOf(file: string, head: Buffer, wanted: string | undefined): string {
  const mark = readMark(head);
  if (mark) return mark.name;
  if (wanted === undefined) return 'utf8';
  const known = canonicalEncoding(wanted);
  if (known === null)
    throw new AppError(
      'invalid_request',
      `"${wanted}" is not an encoding that ${file} can be read in: name one such as shift_jis, euc-jp, gbk or utf16le`,
    );
  return known;
}

function undecodable(file: string, line: number, name: string, bytes: Buffer): AppError {
  const [best] = rankEncodings(bytes.subarray(0, sampleBytes));
  const guess =
    best && best.name !== name ? `; it may be ${best.name}: name it with --encoding ${best.name}` : '';
  return new AppError(
    'invalid_request',
    `${file}, line ${line}: is not ${label(name)}${guess}; nothing was sent`,
    {
      file,
      line,
    },
  );
}

const label = (name: string) => (name === 'utf8' ? 'UTF-8' : name);

/** Splits a file's bytes after each line feed, a byte that no supported encoding uses for anything else. */
async function* byteLines(file: string, onHead: (head: Buffer) => string): AsyncGenerator<Buffer> {
  const stream = createReadStream(file);
  let rest: Buffer = Buffer.alloc(0);
  let width: 1 | 2 | undefined;
  let bigEndian = false;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      rest = rest.length ? Buffer.concat([rest, chunk]) : chunk;
      if (width === undefined) {
        const name = onHead(rest);
        width = name.startsWith('utf16') ? 2 : 1;
        bigEndian = name === 'utf16be';
        rest = rest.subarray(readMark(rest)?.length ?? 0);
      }
      let from = 0;
      for (
        let end = lineEnd(rest, from, width, bigEndian);
        end >= 0;
        end = lineEnd(rest, from, width, bigEndian)
      ) {
        yield rest.subarray(from, end);
        from = end + width;
      }
      rest = rest.subarray(from);
      if (rest.length > maxLineBytes)
        throw new AppError(
          'invalid_request',
          `${file}: a line is longer than ${maxLineBytes / 1024 / 1024} MB`,
        );
    }
    if (rest.length) yield rest;
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new AppError('file_unreadable', `${file} cannot be read (${code ?? message})`);
  } finally {
    // Without this, a reader that stops early would leave the file open, and Windows would not let it be
    // replaced.
    await new Promise<void>((resolve) => {
      stream.once('close', resolve);
      stream.destroy();
      if (stream.closed) resolve();
    });
  }
}

/** The position of the next line feed; -1 if there is none. */
function lineEnd(bytes: Buffer, from: number, width: 1 | 2, bigEndian: boolean): number {
  if (width === 1) return bytes.indexOf(lineFeed, from);
  for (let at = bytes.indexOf(lineFeed, from); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) {
    const start = bigEndian ? at - 1 : at;
    if (start >= from && (start - from) % 2 === 0 && bytes[bigEndian ? start : at + 1] === 0) return start;
  }
  return -1;
}
