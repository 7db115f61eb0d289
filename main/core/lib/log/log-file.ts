import { stat, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readFolder } from '../files/read-text-file.ts';

export interface LogFileLimits {
  /** The file goes on in a new one at so many bytes. */
  maxBytes: number;
  /** So many full ones are kept. */
  maxFiles: number;
}

/** How often a full file that cannot be moved is tried again, in milliseconds. */
const againMs = 1000;
const current = 'server.log';

/** Full files, the oldest first; names of older versions of the panel too, which begin with the date. */
const isFull = (name: string) => /^(server-|\d{8}-).*\.log$/.test(name);

/**
 * `server.log`, which goes on in a new file when it is full. A program that holds the full one, as a viewer on Windows
 * does, costs no line: the file grows until it can be moved. Never throws: on a full disk lines are lost, calls are not.
 */
export class LogFile {
  readonly #folder: string;
  readonly #limits: LogFileLimits;
  #handle: FileHandle | undefined;
  #bytes = 0;
  #triedAt = -Infinity;
  #last: Promise<void> = Promise.resolve();

  constructor(folder: string, limits: LogFileLimits) {
    this.#folder = folder;
    this.#limits = limits;
  }

  /** Resolves when the text is in the file; an empty one begins the file. */
  append(text: string): Promise<void> {
    this.#last = this.#last.then(() => this.#append(text));
    return this.#last;
  }

  async #append(text: string): Promise<void> {
    try {
      const handle = (this.#handle ??= await this.#begin());
      await handle.appendFile(text);
      this.#bytes += Buffer.byteLength(text);
      if (this.#bytes >= this.#limits.maxBytes) await this.#rotate();
    } catch {
      await this.#shut();
    }
  }

  /** After what was appended before. */
  close(): Promise<void> {
    this.#last = this.#last.then(() => this.#shut());
    return this.#last;
  }

  async #shut(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close().catch(() => {});
  }

  async #begin(): Promise<FileHandle> {
    const handle = await open(join(this.#folder, current), 'a', 0o600);
    this.#bytes = (await handle.stat()).size;
    return handle;
  }

  async #rotate(): Promise<void> {
    if (performance.now() - this.#triedAt < againMs) return;
    this.#triedAt = performance.now();
    const path = join(this.#folder, current);
    const [ours, there] = await Promise.all([this.#handle?.stat(), stat(path).catch(() => undefined)]);
    // Windows moves no file that this process has open itself.
    await this.#shut();
    // Where another process has moved it already, there is a new one to go on in.
    if (ours?.ino !== there?.ino) return;
    const time = new Date().toISOString().replace(/[:.]/g, '-');
    const moved = await rename(path, join(this.#folder, `server-${time}.log`)).then(
      () => true,
      () => false,
    );
    if (!moved) return;
    this.#triedAt = -Infinity;
    await this.#prune();
  }

  async #prune(): Promise<void> {
    const read = readFolder(this.#folder);
    const full = 'names' in read ? read.names.filter(isFull) : [];
    for (const name of full.slice(0, Math.max(0, full.length - this.#limits.maxFiles)))
      await rm(join(this.#folder, name), { force: true }).catch(() => {});
  }
}
