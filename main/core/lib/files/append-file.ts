import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { whileHeld } from './replace-file.ts';

/**
 * An append-only file. On Windows a handle opened for appending cannot be truncated, so the file is opened
 * for writing, with an explicit position for each write.
 */
export class AppendFile {
  readonly #file: FileHandle;
  #end: number;

  private constructor(file: FileHandle, end: number) {
    this.#file = file;
    this.#end = end;
  }

  /**
   * Opens or creates the file, accessible only to the user.
   * @throws file system errors
   */
  static async open(path: string): Promise<AppendFile> {
    const file = await whileHeld(() => open(path, constants.O_RDWR | constants.O_CREAT, 0o600));
    const { size } = await file.stat();
    return new AppendFile(file, size);
  }

  /** The position of the next write, in bytes. */
  get end(): number {
    return this.#end;
  }

  /** Truncates the file here, for example to remove a line that a killed process left incomplete. */
  async cutTo(end: number): Promise<void> {
    if (end !== this.#end) await this.#file.truncate(end);
    this.#end = end;
  }

  /** Reads the complete lines. An incomplete last line, left by a killed process, is removed. */
  async readLines(): Promise<string> {
    const bytes = Buffer.alloc(this.#end);
    await this.#file.read(bytes, 0, bytes.length, 0);
    const end = bytes.lastIndexOf(0x0a) + 1;
    await this.cutTo(end);
    return bytes.toString('utf8', 0, end);
  }

  /**
   * Appends a text and waits for the disk; returns its position. After a failure the next write overwrites
   * the incomplete one.
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

  /** Reads bytes at a position as text. */
  async read(offset: number, length: number): Promise<string> {
    const bytes = Buffer.alloc(length);
    await this.#file.read(bytes, 0, length, offset);
    return bytes.toString('utf8');
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
