import type { IncomingMessage } from 'node:http';
import { AppError } from '../core/lib/app-error.ts';
import { parseUntrusted } from '../core/lib/json.ts';

/** Bodies above this are refused. */
export const maxBodyBytes = 8 * 1024 * 1024;

const isJson = (type: string | undefined) => /^application\/json(\s*;|$)/i.test(type ?? '');
const tooLarge = () =>
  new AppError('body_too_large', `the body is larger than ${maxBodyBytes / 1024 / 1024} MB`);

/** Events and not `for await`: that costs every call a stream's iterator. */
function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBodyBytes) reject(tooLarge());
      else chunks.push(chunk);
    });
    request.on('end', () => {
      const whole = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
      resolve(whole.toString('utf8'));
    });
    request.on('error', () => reject(new AppError('cancelled', 'the caller left amid its request')));
  });
}

/**
 * A request's JSON body; none at all counts as `{}` and needs no content type.
 * @throws AppError `unsupported_media_type`, `body_too_large`, `invalid_request`
 */
export async function readInput(request: IncomingMessage): Promise<unknown> {
  const length = request.headers['content-length'];
  const chunked = request.headers['transfer-encoding'] !== undefined;
  if ((length === undefined || length === '0') && !chunked) return {};
  if (!isJson(request.headers['content-type']))
    throw new AppError('unsupported_media_type', 'send the body as application/json');
  if (Number(length) > maxBodyBytes) throw tooLarge();
  return parseUntrusted(await readText(request));
}
