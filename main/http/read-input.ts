import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { AppError } from '../core/lib/app-error.ts';
import { parseUntrusted } from '../core/lib/json.ts';

/** Size limit of a body, compressed or not; a larger one is refused. */
export const maxBodyBytes = 8 * 1024 * 1024;

const isJson = (type: string | undefined) => /^application\/json(\s*;|$)/i.test(type ?? '');
const tooLarge = () =>
  new AppError('body_too_large', `the body is larger than ${maxBodyBytes / 1024 / 1024} MB`);

function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBodyBytes) reject(tooLarge());
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () =>
      reject(new AppError('cancelled', 'the caller disconnected during its request')),
    );
  });
}

type Decode = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const decodeGzip: Decode = promisify(gunzip);
const decodeBrotli: Decode = promisify(brotliDecompress);
const decodeZlib: Decode = promisify(inflate);
const decodeRaw: Decode = promisify(inflateRaw);
/** Some clients omit the zlib header that RFC 9110 requires. */
const decodeDeflate: Decode = (bytes, options) =>
  ((bytes[0] ?? 0) & 0x0f) === 8 ? decodeZlib(bytes, options) : decodeRaw(bytes, options);

const decoders: ReadonlyMap<string, Decode> = new Map([
  ['gzip', decodeGzip],
  ['x-gzip', decodeGzip],
  ['br', decodeBrotli],
  ['deflate', decodeDeflate],
]);

/** @throws AppError `unsupported_media_type` for an unknown encoding */
function decoderOf(encoding = 'identity'): Decode | null {
  const name = encoding.trim().toLowerCase();
  if (name === 'identity' || name === '') return null;
  const decode = decoders.get(name);
  if (decode) return decode;
  throw new AppError(
    'unsupported_media_type',
    `the content encoding "${name.slice(0, 50)}" is not known: send the body as it is, or as gzip, br or deflate`,
  );
}

async function decoded(bytes: Buffer, decode: Decode): Promise<Buffer> {
  try {
    return await decode(bytes, { maxOutputLength: maxBodyBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new AppError('invalid_request', 'the body cannot be decoded with its content encoding', undefined, {
      cause: error,
    });
  }
}

/**
 * Reads a request's JSON body. A missing body counts as `{}` and needs no content type.
 * @throws AppError `unsupported_media_type`, `body_too_large`, `invalid_request`
 */
export async function readInput(request: IncomingMessage): Promise<unknown> {
  const length = request.headers['content-length'];
  const chunked = request.headers['transfer-encoding'] !== undefined;
  if ((length === undefined || length === '0') && !chunked) return {};
  if (!isJson(request.headers['content-type']))
    throw new AppError('unsupported_media_type', 'send the body as application/json');
  const decode = decoderOf(request.headers['content-encoding']);
  if (Number(length) > maxBodyBytes) throw tooLarge();
  const bytes = await readBytes(request);
  return parseUntrusted((decode ? await decoded(bytes, decode) : bytes).toString('utf8'));
}
