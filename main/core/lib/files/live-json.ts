import { statSync } from 'node:fs';
import { readJson } from './read-json.ts';

export interface LiveJsonParts<T> {
  path: string;
  /** What holds where there is no file. */
  missing: T;
  /** What the file's JSON means, or why it means nothing. */
  parse(value: unknown): { value: T } | { problem: string };
}

/** Changes with every write of the file, in place or by a new one. Costs some 3 µs. */
export function stampOf(path: string): string {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found ? `${found.mtimeMs} ${found.ctimeMs} ${found.size} ${found.ino}` : 'missing';
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

/**
 * A JSON file that others write too: looked at whenever it is asked for, and read again when it has changed. While it
 * cannot be used, the last value that could be stays.
 */
export class LiveJson<T> {
  readonly #parts: LiveJsonParts<T>;
  #stamp: string | undefined;
  #good: { value: T } | undefined;
  #problem: string | undefined;
  #unreadable = false;

  constructor(parts: LiveJsonParts<T>) {
    this.#parts = parts;
  }

  /** The value as it holds now. */
  get current(): T {
    this.#look();
    return (this.#good ?? { value: this.#parts.missing }).value;
  }

  /** Why the file as it is now is not what holds; undefined while all is well. */
  get problem(): string | undefined {
    this.#look();
    return this.#problem;
  }

  /** True while the file is there and no value of it is known, as it could not be used since the start. */
  get unknown(): boolean {
    this.#look();
    return this.#problem !== undefined && this.#good === undefined;
  }

  /** True while the file is there and cannot be read. */
  get unreadable(): boolean {
    this.#look();
    return this.#unreadable;
  }

  /** The next look reads the file, whatever its times say. */
  refresh(): void {
    this.#stamp = undefined;
  }

  #look(): void {
    const stamp = stampOf(this.#parts.path);
    if (stamp === this.#stamp) return;
    const { path, missing, parse } = this.#parts;
    const json = readJson(path);
    const read: { value: T } | { problem: string } = !json.found
      ? { value: missing }
      : 'problem' in json
        ? json
        : parse(json.value);
    this.#unreadable = 'unreadable' in read && read.unreadable === true;
    this.#problem = 'problem' in read ? read.problem : undefined;
    if ('value' in read) this.#good = { value: read.value };
    // What cannot be read now is tried again at the next look: nothing on the disk changes when it can.
    this.#stamp = this.#unreadable ? undefined : stamp;
  }
}
