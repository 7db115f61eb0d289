import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { removeFile, replaceFile } from '../../lib/files/replace-file.ts';

/** Copies of the user's files as they were when they could last be used, with the same rights as any new file here. */
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

  /** When the copy was made; null without one. */
  at(file: string): string | null {
    return statSync(this.#copyOf(file), { throwIfNoEntry: false })?.mtime.toISOString() ?? null;
  }

  /** @throws what the disk throws */
  read(file: string): Buffer {
    return readFileSync(this.#copyOf(file));
  }

  contentsOf(files: readonly string[]): Map<string, Buffer> {
    return new Map(files.filter((file) => existsSync(file)).map((file) => [file, readFileSync(file)]));
  }

  /**
   * Copies each file whose copy is another one, if it is as it was `before`. Nothing waits for the disk: a copy that is
   * lost is made again.
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

  /** A part of a prompt pack counts as there while its pack is: the pack lacks it then. */
  #isGone(copy: string): boolean {
    const path = relative(this.#folder, copy);
    const [pack] = /^config.llm.packs.[^\\/]+/.exec(path) ?? [path];
    return !existsSync(join(this.#runtimeRoot, pack));
  }

  /** Removes the copies of files that are gone: what was deleted must not live on here. */
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
