import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../lib/app-error.ts';
import { filesBelow } from '../import/find-files.ts';

/** Bytes of one upload together: a game's texts, not its pictures. */
export const maxUploadBytes = 512 * 1024 * 1024;
export const maxUploadFiles = 20_000;
/** What was never made into a project goes away. */
const keptMs = 24 * 60 * 60 * 1000;

const isId = (id: string) => /^[a-f0-9]{32}$/.test(id);

/** Names that Windows keeps for devices, or that would leave the folder. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const badPart = /^(?:\.{1,2}|(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?)$|[<>:"|?*\u0000-\u001f]|[. ]$/iu;

/**
 * A path inside the upload, with `/` between its parts.
 * @throws AppError `invalid_request` for one that leads out of it, or that not every system can store
 */
export function uploadPath(path: string): string {
  const parts = path.split(/[\\/]/);
  const bad = path === '' || path.length > 1000 || parts.length > 32;
  if (bad || parts.some((part) => part === '' || part.length > 200 || badPart.test(part)))
    throw new AppError(
      'invalid_request',
      `"${path.slice(0, 200)}" is no path inside a folder, as game/script.rpy`,
      { path: path.slice(0, 200) },
    );
  return parts.join('/');
}

interface Upload {
  bytes: number;
  files: number;
}

/** Files that somebody sends who cannot name a folder: a browser, a script over HTTP. One folder an upload. */
export class Uploads {
  readonly #home: string;
  readonly #now: () => number;
  readonly #open = new Map<string, Upload>();

  constructor(home: string, now: () => number) {
    [this.#home, this.#now] = [home, now];
  }

  #folder(id: string): string {
    return join(this.#home, id);
  }

  /** A new upload. What others left behind a day ago is removed. */
  begin(): string {
    mkdirSync(this.#home, { recursive: true });
    for (const name of readdirSync(this.#home)) {
      const old = statSync(join(this.#home, name)).mtimeMs < this.#now() - keptMs;
      if (isId(name) && old) rmSync(join(this.#home, name), { recursive: true, force: true });
    }
    const id = randomBytes(16).toString('hex');
    mkdirSync(this.#folder(id));
    this.#open.set(id, { bytes: 0, files: 0 });
    return id;
  }

  /** @throws AppError `not_found` */
  #find(id: string): Upload {
    const known = this.#open.get(id);
    if (known) return known;
    if (!isId(id) || !statSync(this.#folder(id), { throwIfNoEntry: false })?.isDirectory())
      throw new AppError(
        'not_found',
        'there is no such upload: it became a project, or it is more than a day old',
      );
    const paths = filesBelow(this.#folder(id));
    const bytes = paths.reduce((sum, path) => sum + statSync(join(this.#folder(id), path)).size, 0);
    const found = { bytes, files: paths.length };
    this.#open.set(id, found);
    return found;
  }

  /**
   * Writes one file, as it comes in. A file that breaks off or grows too large is not there afterwards.
   * @throws AppError `not_found`, `invalid_request` for its path, `body_too_large` past either limit
   */
  async add(id: string, path: string, content: Readable): Promise<{ bytes: number }> {
    const upload = this.#find(id);
    const file = join(this.#folder(id), uploadPath(path));
    if (upload.files >= maxUploadFiles)
      throw new AppError('body_too_large', `an upload has at most ${maxUploadFiles} files`);
    mkdirSync(dirname(file), { recursive: true });
    const partial = `${file}.${randomBytes(4).toString('hex')}.part`;
    let bytes = 0;
    try {
      await pipeline(
        content,
        async function* count(chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            bytes += chunk.length;
            upload.bytes += chunk.length;
            if (upload.bytes > maxUploadBytes)
              throw new AppError(
                'body_too_large',
                `an upload holds ${maxUploadBytes / 1024 / 1024} MB at most: leave out pictures, sound and archives`,
              );
            yield chunk;
          }
        },
        createWriteStream(partial, { flags: 'wx' }),
      );
      const before = statSync(file, { throwIfNoEntry: false });
      renameSync(partial, file);
      upload.bytes -= before?.size ?? 0;
      if (!before) upload.files++;
    } catch (error) {
      upload.bytes -= bytes;
      rmSync(partial, { force: true });
      if (error instanceof AppError) throw error;
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET')
        throw new AppError('cancelled', 'the caller left amid its upload');
      throw new AppError('file_unreadable', `${path} could not be stored: ${message}`, { path });
    }
    return { bytes };
  }

  /** Makes an upload the folder of a project. @throws AppError `not_found`, `invalid_request` for one without files */
  take(id: string, folder: string): void {
    if (this.#find(id).files === 0) throw new AppError('invalid_request', 'nothing was uploaded yet');
    mkdirSync(dirname(folder), { recursive: true });
    renameSync(this.#folder(id), folder);
    this.#open.delete(id);
  }
}
