import { stat, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readFolder } from '../files/read-text-file.ts';

export interface LogFileLimits {
  /** The file is rotated at this size. */
  maxBytes: number;
  /** Number of rotated files to keep. */
  maxFiles: number;
}

/** Retry interval for rotating a full file that cannot be moved, in milliseconds. */
const againMs = 1000;
const current = 'server.log';

/** Rotated files, including names of older versions, which begin with the date. */
const isFull = (name: string) => /^(server-|\d{8}-).*\.log$/.test(name);

/**
 * `server.log`, rotated when it is full. If a program has the full file open, as a viewer on Windows may, no
 * line is lost: the file grows until it can be moved. Never throws: on a full disk lines are lost, but calls
 * are not affected.
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

  /** Resolves when the text is in the file; an empty text creates the file. */
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

  /** Closes the file after all earlier appends. */
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
    // Windows does not move a file that this process has open.
    await this.#shut();
    // If another process has already moved it, the new file is used.
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
