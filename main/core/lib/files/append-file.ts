import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { whileHeld } from './replace-file.ts';

/**
 * A file that grows at its end. Windows lets nobody truncate a handle that was opened for appending, so it is opened for
 * writing, and each write says where it goes.
 */
export class AppendFile {
  readonly #file: FileHandle;
  #end: number;

  private constructor(file: FileHandle, end: number) {
    this.#file = file;
    this.#end = end;
  }

  /** Opens the file, or begins it, for the user only. Throws what the disk throws. */
  static async open(path: string): Promise<AppendFile> {
    const file = await whileHeld(() => open(path, constants.O_RDWR | constants.O_CREAT, 0o600));
    const { size } = await file.stat();
    return new AppendFile(file, size);
  }

  /** Where the next write goes, in bytes. */
  get end(): number {
    return this.#end;
  }

  /** Cuts off what lies beyond, as a line that a kill has torn. */
  async cutTo(end: number): Promise<void> {
    if (end !== this.#end) await this.#file.truncate(end);
    this.#end = end;
  }

  /** Reads the whole lines. A last line without its end was torn by a kill, and is cut off. */
  async readLines(): Promise<string> {
    const bytes = Buffer.alloc(this.#end);
    await this.#file.read(bytes, 0, bytes.length, 0);
    const end = bytes.lastIndexOf(0x0a) + 1;
    await this.cutTo(end);
    return bytes.toString('utf8', 0, end);
  }

  /**
   * Adds a text and waits for the disk; returns where it begins. After a failure the next write goes over what came
   * through of this one.
   */
  async append(text: string): Promise<number> {
    const bytes = Buffer.from(text, 'utf8');
    for (let done = 0; done < bytes.length;)
      done += (await this.#file.write(bytes, done, bytes.length - done, this.#end + done)).bytesWritten;
    await this.#file.datasync();
    const from = this.#end;
    this.#end += bytes.length;
    return from;
  }

  /** So many bytes from a place on, as text. */
  async read(offset: number, length: number): Promise<string> {
    const bytes = Buffer.alloc(length);
    await this.#file.read(bytes, 0, length, offset);
    return bytes.toString('utf8');
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
