import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { removeFile, replaceFile } from '../../lib/files/replace-file.ts';

/**
 * Copies of the user's files from when they were last valid, with the same permissions as any new file here.
 */
export class LastGood {
  readonly #runtimeRoot: string;
  readonly #folder: string;

  constructor(runtimeRoot: string) {
    this.#runtimeRoot = runtimeRoot;
    this.#folder = join(runtimeRoot, 'data', 'last-good');
  }

  #copyOf(file: string): string {
    return join(this.#folder, relative(this.#runtimeRoot, file));
  }

  /** When the copy was made; null if there is none. */
  at(file: string): string | null {
    return statSync(this.#copyOf(file), { throwIfNoEntry: false })?.mtime.toISOString() ?? null;
  }

  /** @throws file system errors */
  read(file: string): Buffer {
    return readFileSync(this.#copyOf(file));
  }

  contentsOf(files: readonly string[]): Map<string, Buffer> {
    return new Map(files.filter((file) => existsSync(file)).map((file) => [file, readFileSync(file)]));
  }

  /**
   * Copies each file that differs from its copy, if it is still as it was `before`. Not synced to disk,
   * because a lost copy is made again.
   */
  async keep(files: readonly string[], before: ReadonlyMap<string, Buffer>): Promise<void> {
    for (const file of files) {
      const bytes = before.get(file);
      if (!bytes || !existsSync(file) || !readFileSync(file).equals(bytes)) continue;
      const copy = this.#copyOf(file);
      if (existsSync(copy) && readFileSync(copy).equals(bytes)) continue;
      await replaceFile(copy, bytes, { fsync: false });
    }
  }

  /** A missing file of an existing prompt pack keeps its copy, because the pack lacks that file. */
  #isGone(copy: string): boolean {
    const path = relative(this.#folder, copy);
    const [pack] = /^config.llm.packs.[^\\/]+/.exec(path) ?? [path];
    return !existsSync(join(this.#runtimeRoot, pack));
  }

  /** Removes the copies of deleted files: deleted content must not survive here. */
  async dropGone(): Promise<void> {
    if (!existsSync(this.#folder)) return;
    const copies = readdirSync(this.#folder, { recursive: true, withFileTypes: true });
    for (const entry of copies) {
      if (!entry.isFile()) continue;
      const copy = join(entry.parentPath, entry.name);
      if (this.#isGone(copy)) await removeFile(copy);
    }
  }
}
