import type { Log } from '../lib/log/log.ts';
import { existsSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import type { OpenDatabase } from './open-database.ts';
import type { DatabaseLocation } from './database-location.ts';
import { notice, type Notice } from '../lib/notice.ts';
import { DatabaseDown, troubleOf } from './trouble.ts';
import { within } from '../lib/with-timeout.ts';
import { quarantineName, whileHeld } from '../lib/files/replace-file.ts';

/**
 * Renames a damaged SQLite file and its write-ahead log; returns the new name. Either all of them are moved or none.
 * @throws Node's error, for example if another program holds a file open for longer than `whileHeld` waits
 */
async function keepDamaged(file: string, now: number): Promise<string> {
  const stored = quarantineName(file, now);
  const moved: string[] = [];
  try {
    for (const part of ['', '-wal', '-shm']) {
      if (!existsSync(file + part)) continue;
      await whileHeld(() => rename(file + part, stored + part));
      moved.push(part);
    }
  } catch (error) {
    // SQLite deletes a write-ahead log that it finds beside a file without pages, as the new one would be.
    for (const part of moved.toReversed()) await rename(stored + part, file + part).catch(() => {});
    // Without the file, a new one is started, whatever is left of the old one.
    if (existsSync(file)) throw error;
  }
  return stored;
}

/** Inode and device of a file; null if it does not exist or cannot be read. */
function inodeOf(file: string): string | null {
  try {
    const { dev, ino } = statSync(file);
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}

/**
 * Identifies an open SQLite file and its write-ahead log. If another program removes or replaces them, SQLite
 * silently goes on writing to files that can no longer be reached.
 * @returns null on Windows, where an open file cannot be removed
 */
function fileIdentity(file: string): string | null {
  if (process.platform === 'win32') return null;
  return `${inodeOf(file)} ${inodeOf(`${file}-wal`)}`;
}

export interface DatabaseParts {
  location: DatabaseLocation;
  log: Log;
  now(): number;
  /** Called when `warnings` has changed. */
  onWarning?(): void;
  /** Called when a damaged or removed file was replaced by an empty one. */
  onReplaced?(): void;
  /** Additional SQLite settings. */
  pragmas?: readonly string[];
}

/** After a failure the database is not used for this long. */
const restMs = 5000;
/** A database that does not answer for this long, for example on a hanging disk, counts as failed. */
const answerMs = 5000;
const closeMs = 3000;
/** How often the tables' version is checked while they are in use. */
const versionMs = 30_000;

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 300);

/** A database that may be unavailable: opened on first use, closed on failure, retried later. */
export class Database {
  readonly #parts: DatabaseParts;
  #open: Promise<OpenDatabase> | undefined;
  #restsUntil = { read: 0, write: 0 };
  /**
   * How often damage was found in use. The first time, the file is checked before it is opened again; the
   * second time, the damage is assumed.
   */
  #damaged = 0;
  #trouble: Notice | undefined;
  #replaced: Notice | undefined;
  /** The connection that was closed last, which may still hold its file. */
  #leaving: Promise<void> | undefined;
  /** The open SQLite file's identity. */
  #identity: string | null = null;
  #removed = false;
  /** When the tables' version was last checked. */
  #checked: { open: OpenDatabase; at: number } | undefined;
  #closed = false;

  constructor(parts: DatabaseParts) {
    this.#parts = parts;
  }

  /** Warnings for the user; empty if all is well. */
  get warnings(): Notice[] {
    return [this.#replaced, this.#trouble].filter((warning) => warning !== undefined);
  }

  get kind(): DatabaseLocation['kind'] {
    return this.#parts.location.kind;
  }

  /** True while a write would be tried. */
  get writable(): boolean {
    return !this.#closed && !this.#rests('write');
  }

  /**
   * Runs `work` on the open database.
   * @throws DatabaseDown if it cannot be used now; errors of `work` for a statement that can never succeed
   */
  async use<T>(purpose: 'read' | 'write', work: (open: OpenDatabase) => Promise<T>): Promise<T> {
    if (this.#closed || this.#rests(purpose))
      throw new DatabaseDown(this.#trouble?.message ?? 'the database is closed');
    if (purpose === 'write') this.#checkFile();
    const opening = (this.#open ??= this.#begin());
    let open: OpenDatabase | undefined;
    try {
      open = await within(answerMs * 2, opening, 'it could not be opened in time');
      await this.#checkVersion(open);
      const result = await within(answerMs, work(open), 'it does not answer');
      if (purpose === 'write') this.#recovered();
      return result;
    } catch (error) {
      if (open && troubleOf(error) === 'refused') throw error;
      this.#failed(purpose, opening, open, error);
      throw new DatabaseDown(reasonOf(error));
    }
  }

  /** Waits for work in progress, up to a limit. */
  async close(): Promise<void> {
    this.#closed = true;
    const opening = this.#open;
    this.#open = undefined;
    const closing = opening?.then(
      (open) => open.close(),
      () => {},
    );
    await within(closeMs, Promise.all([closing, this.#leaving]), '').catch(() => {});
  }

  #rests(purpose: 'read' | 'write'): boolean {
    const left = this.#restsUntil[purpose] - this.#parts.now();
    return left > 0 && left <= restMs;
  }

  async #begin(): Promise<OpenDatabase> {
    const { location, pragmas } = this.#parts;
    if (location.kind === 'postgres') {
      if (!location.url)
        throw new Error('that is not the address of a PostgreSQL (postgres://user:password@host/database)');
      const { openPostgres } = await import('./open-postgres.ts');
      return openPostgres(location.url);
    }
    const { openSqlite, problemOfSqlite } = await import('./open-sqlite.ts');
    // Closing the old connection would remove the new file's write-ahead log, because it has the same name.
    if (this.#damaged || this.#removed) await this.#leaving;
    this.#removed = false;
    this.#identity = null;
    if (this.#damaged > 1 || (this.#damaged === 1 && (await problemOfSqlite(location.file)) !== null))
      await this.#replace(location.file);
    const open = await openSqlite(location.file, pragmas).catch(async (error: unknown) => {
      if (troubleOf(error) !== 'damaged' || (await problemOfSqlite(location.file)) === null) throw error;
      await this.#replace(location.file);
      return openSqlite(location.file, pragmas);
    });
    this.#identity = fileIdentity(location.file);
    return open;
  }

  /** Another process may have migrated the tables to a newer version, to which this one must not write. */
  async #checkVersion(open: OpenDatabase): Promise<void> {
    const at = performance.now();
    if (this.#checked?.open === open && at - this.#checked.at < versionMs) return;
    const first = this.#checked?.open !== open;
    this.#checked = { open, at };
    if (!first) await within(answerMs, open.requireSameVersion(), 'it does not answer');
  }

  /** Closes a SQLite file that was removed or replaced while it was open: anything written to it is lost. */
  #checkFile(): void {
    const { location, log, onReplaced, onWarning } = this.#parts;
    const opening = this.#open;
    if (location.kind !== 'sqlite' || !opening || this.#identity === null) return;
    if (fileIdentity(location.file) === this.#identity) return;
    this.#open = undefined;
    this.#removed = true;
    this.#leaving = opening.then(
      (left) => left.abandon(),
      () => {},
    );
    const message = `${location.file} was removed or replaced while it was in use: its content is lost, and the file now at this path is used`;
    this.#replaced = notice('database_removed', { file: location.file }, message);
    log.error(message);
    onReplaced?.();
    onWarning?.();
  }

  async #replace(file: string): Promise<void> {
    this.#damaged = 0;
    const stored = await keepDamaged(file, this.#parts.now());
    const message = `${file} was damaged: it is kept as ${stored}, and a new one was started`;
    this.#replaced = notice('database_damaged', { file, copy: stored }, message);
    this.#parts.log.error(message);
    this.#parts.onReplaced?.();
    this.#parts.onWarning?.();
  }

  #failed(
    purpose: 'read' | 'write',
    opening: Promise<OpenDatabase>,
    open: OpenDatabase | undefined,
    error: unknown,
  ): void {
    // This connection has already been closed because of another failure.
    if (this.#open !== opening) return;
    this.#open = undefined;
    this.#leaving = opening.then(
      (left) => left.abandon(),
      () => {},
    );
    if (troubleOf(error) === 'damaged') {
      this.#damaged += 1;
      return;
    }
    const until = this.#parts.now() + restMs;
    this.#restsUntil = { read: open && purpose === 'write' ? this.#restsUntil.read : until, write: until };
    this.#report(reasonOf(error));
  }

  #report(reason: string): void {
    const { log, location, onWarning } = this.#parts;
    const reported = this.#trouble !== undefined;
    const message = `the database ${location.shown} cannot be used (${reason}): paid calls are refused and the call log is kept in memory until it can`;
    this.#trouble = notice('database_unusable', { database: location.shown, reason }, message);
    if (reported) return;
    log.warn(message);
    onWarning?.();
  }

  #recovered(): void {
    if (this.#trouble === undefined) return;
    this.#trouble = undefined;
    this.#parts.log.info(`the database ${this.#parts.location.shown} can be used again`);
    this.#parts.onWarning?.();
  }
}
