import { statSync } from 'node:fs';
import type { TextDetail } from '../../../../contract/coded-texts.ts';
import { readJson } from './read-json.ts';

/** What is wrong with a file; `detail` is its code of `file_problem`, if it has one. */
export interface Fault {
  problem: string;
  detail?: TextDetail;
}

export interface LiveJsonParts<T> {
  path: string;
  /** The value if the file does not exist. */
  missing: T;
  /** Validates the file's JSON. */
  parse(value: unknown): { value: T } | Fault;
}

/** Changes with every write of the file, in place or by replacement. Takes about 3 µs. */
export function stampOf(path: string): string {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found ? `${found.mtimeMs} ${found.ctimeMs} ${found.size} ${found.ino}` : 'missing';
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

/**
 * A JSON file that other programs write too: checked on every access, and read again if it has changed. While
 * it cannot be used, its last valid value applies.
 */
export class LiveJson<T> {
  readonly #parts: LiveJsonParts<T>;
  #stamp: string | undefined;
  #good: { value: T } | undefined;
  #fault: Fault | undefined;
  #unreadable = false;

  constructor(parts: LiveJsonParts<T>) {
    this.#parts = parts;
  }

  /** The current value. */
  get current(): T {
    this.#look();
    return (this.#good ?? { value: this.#parts.missing }).value;
  }

  /** Why the file's current content is not in use; undefined if it is. */
  get problem(): string | undefined {
    return this.fault?.problem;
  }

  /** The same with its code. */
  get fault(): Fault | undefined {
    this.#look();
    return this.#fault;
  }

  /** True while the file exists but has not been readable since the start, so no value of it is known. */
  get unknown(): boolean {
    this.#look();
    return this.#fault !== undefined && this.#good === undefined;
  }

  /** True while the file exists and cannot be read. */
  get unreadable(): boolean {
    this.#look();
    return this.#unreadable;
  }

  /** Forces the next access to read the file, whatever its timestamps. */
  refresh(): void {
    this.#stamp = undefined;
  }

  #look(): void {
    const stamp = stampOf(this.#parts.path);
    if (stamp === this.#stamp) return;
    const { path, missing, parse } = this.#parts;
    const json = readJson(path);
    const read: { value: T } | Fault = !json.found
      ? { value: missing }
      : 'problem' in json
        ? json
        : parse(json.value);
    this.#unreadable = 'unreadable' in read && read.unreadable === true;
    this.#fault = 'problem' in read ? read : undefined;
    if ('value' in read) this.#good = { value: read.value };
    // A file that cannot be read is tried again on every access, because becoming readable does not change
    // its timestamps.
    this.#stamp = this.#unreadable ? undefined : stamp;
  }
}
