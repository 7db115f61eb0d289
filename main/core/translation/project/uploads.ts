import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../lib/app-error.ts';
import { unwritable, whileHeld } from '../../lib/files/replace-file.ts';
import { filesBelow } from '../import/find-files.ts';

/** Total bytes of one upload: enough for a game's texts, not for its pictures. */
export const maxUploadBytes = 512 * 1024 * 1024;
const maxUploadFiles = 20_000;
/** Uploads that did not become a project are deleted after this time. */
const maxAgeMs = 24 * 60 * 60 * 1000;

const isId = (id: string) => /^[a-f0-9]{32}$/.test(id);

/** Names that Windows reserves or does not allow, or that would leave the folder. */
// oxlint-disable-next-line no-control-regex -- matched on purpose
const invalidPart = /^(?:\.{1,2}|(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?)$|[<>:"|?*\u0000-\u001f]|[. ]$/iu;

/**
 * Normalizes a path inside an upload; its separator becomes `/`.
 * @throws AppError `invalid_request` for a path outside the upload, or one that some systems cannot store
 */
export function uploadPath(path: string): string {
  const parts = path.split(/[\\/]/);
  const isInvalid = path === '' || path.length > 1000 || parts.length > 32;
  if (isInvalid || parts.some((part) => part === '' || part.length > 200 || invalidPart.test(part)))
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

/** Stores files of callers that cannot name a folder, such as browsers and scripts over HTTP. Each upload has a folder. */
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

  /** Creates an upload and returns its id. Deletes unused uploads that are older than a day. */
  begin(): string {
    mkdirSync(this.#home, { recursive: true });
    for (const name of readdirSync(this.#home)) {
      const isOld = statSync(join(this.#home, name)).mtimeMs < this.#now() - maxAgeMs;
      if (isId(name) && isOld) this.#discard(join(this.#home, name));
    }
    const id = randomBytes(16).toString('hex');
    mkdirSync(this.#folder(id));
    this.#open.set(id, { bytes: 0, files: 0 });
    return id;
  }

  /** What another program has open is deleted the next time. */
  #discard(folder: string): void {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Nothing depends on it.
    }
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
    const upload = { bytes, files: paths.length };
    this.#open.set(id, upload);
    return upload;
  }

  /**
   * Writes one file as it arrives. An incomplete or too large file is not stored.
   * @throws AppError `not_found`, `invalid_request` for its path, `body_too_large` above either limit
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
      const replaced = statSync(file, { throwIfNoEntry: false });
      // A virus scanner reads the new file at this moment.
      await whileHeld(() => rename(partial, file));
      upload.bytes -= replaced?.size ?? 0;
      if (!replaced) upload.files++;
    } catch (error) {
      upload.bytes -= bytes;
      rmSync(partial, { force: true });
      if (error instanceof AppError) throw error;
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET')
        throw new AppError('cancelled', 'the caller disconnected during the upload');
      throw new AppError('file_unreadable', `${path} could not be stored: ${message}`, { path });
    }
    return { bytes };
  }

  /**
   * Moves an upload to `folder`.
   * @throws AppError `not_found`, `invalid_request` for an upload without files, `file_unreadable` while another program
   *   has one of its files open
   */
  async take(id: string, folder: string): Promise<void> {
    if (this.#find(id).files === 0) throw new AppError('invalid_request', 'nothing was uploaded yet');
    mkdirSync(dirname(folder), { recursive: true });
    await whileHeld(() => rename(this.#folder(id), folder)).catch((error: unknown) => {
      throw unwritable(folder, error);
    });
    this.#open.delete(id);
  }
}
