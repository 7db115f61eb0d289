import { constants, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { access, open, readFile, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../app-error.ts';
import { unreadable } from './read-json.ts';
import { encodeText, type TextEncoding } from './read-text-file.ts';

/** How long to wait for a file that another program has open, in milliseconds. */
const maxWaitMs = 2000;
const firstPauseMs = 10;
/** New files may be private, so only the user can read them. */
const newFileMode = 0o600;
const newFolderMode = 0o700;

export interface ReplaceOptions {
  /** The file's mode; by default its current mode, or owner-only for a new file. */
  mode?: number;
  /** `false` skips the sync to disk, for files that can be created again. */
  fsync?: boolean;
  /** Encoding of a text; UTF-8 by default. */
  encoding?: TextEncoding;
  /**
   * The bytes from which the new ones were derived, null for no file. If the file has changed since, it is
   * left unchanged.
   */
  madeFrom?: Uint8Array | null;
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? String(error);

/** True for errors that Windows reports while a virus scanner, file watcher or editor has the file open. */
function isHeld(error: unknown): boolean {
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  return (
    ['EPERM', 'EACCES', 'EBUSY'].includes(code) &&
    (syscall === 'rename' || syscall === 'unlink' || process.platform === 'win32')
  );
}

/**
 * Retries while another program has the file open, for at most two seconds.
 * @throws the last error
 */
export async function whileHeld<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + maxWaitMs;
  for (let ms = firstPauseMs; ; ms = Math.min(ms * 2, 200)) {
    try {
      return await work();
    } catch (error) {
      if (!isHeld(error) || performance.now() > until) throw error;
      await pause(ms);
    }
  }
}

/**
 * Waits for at most two seconds until files that another program has open, as Windows allows, can be read; a
 * change would fail otherwise. Never throws.
 */
export async function untilReadable(paths: readonly string[]): Promise<void> {
  for (const path of paths)
    await whileHeld(async () => {
      const file = await open(path, 'r');
      await file.close();
    }).catch(() => {});
}

/** Converts a write error to a message for users. */
export function unwritable(path: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const held = isHeld(error)
    ? `: another program had it open for ${maxWaitMs / 1000} seconds; close it there and try again`
    : '';
  return new AppError('file_unreadable', `${path} cannot be written (${codeOf(error)})${held}`, {
    file: path,
  });
}

/** System error codes for disk, permission and file descriptor problems. */
const diskCodes = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'EDQUOT',
  'EMFILE',
  'ENFILE',
  'EBUSY',
  'EIO',
]);

/**
 * Converts a file system error that has no better message to one for users; undefined for any other error.
 */
export function diskProblem(error: unknown): AppError | undefined {
  const { code = '', path, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (!(error instanceof Error) || !path || !syscall || !diskCodes.has(code)) return undefined;
  return new AppError(
    'file_unreadable',
    `${path}: the system refused it (${syscall}, ${code}); check the folder's permissions and the free disk space`,
    { file: path },
  );
}

/**
 * Creates a folder; a new one is accessible only to the user.
 * @throws AppError `file_unreadable`
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: newFolderMode });
  } catch (error) {
    throw unwritable(path, error);
  }
}

/**
 * Removes a file if it exists.
 * @throws AppError `file_unreadable`
 */
export async function removeFile(path: string): Promise<void> {
  try {
    await whileHeld(() => rm(path, { force: true }));
  } catch (error) {
    throw unwritable(path, error);
  }
}

let count = 0;

async function write(file: FileHandle, bytes: Uint8Array, old: { uid: number; gid: number } | undefined) {
  await file.writeFile(bytes);
  // Keeps the file's owner when an administrator writes it.
  if (old && process.getuid?.() === 0) await file.chown(old.uid, old.gid);
}

async function isStill(path: string, bytes: Uint8Array | null): Promise<boolean> {
  if (bytes === null) return !existsSync(path);
  return existsSync(path) && (await whileHeld(() => readFile(path))).equals(bytes);
}

/** Syncs the folder, so that the new name is on disk too. Not supported on Windows and some network disks. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  await folder
    .sync()
    .catch(() => {})
    .finally(() => folder.close());
}

/**
 * Replaces a file atomically, synced to disk first.
 * @returns false if the file's bytes differ from `madeFrom`: another program wrote meanwhile, and nothing is
 * changed
 * @throws AppError `file_unreadable` if it cannot be written; the old file is then intact
 */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  { mode, fsync = true, encoding, madeFrom }: ReplaceOptions = {},
): Promise<boolean> {
  const bytes = typeof content === 'string' ? encodeText(content, encoding) : content;
  let temporary: string | undefined;
  try {
    makeFolder(dirname(path));
    // Keeps a symbolic link, and replaces the file to which it leads.
    const target = await realpath(path).catch(() => path);
    const old = await stat(target).catch(() => undefined);
    // A rename needs only the folder's permissions, so an unreadable file could be lost unnoticed.
    if (old)
      await access(target, constants.R_OK).catch((error: unknown) => {
        throw unreadable(path, `cannot be read (${codeOf(error)})`);
      });
    const name = `${target}.${process.pid}-${++count}.tmp`;
    const rights = mode ?? (old ? old.mode & 0o777 : newFileMode);
    const file = await whileHeld(() => open(name, 'wx', rights));
    temporary = name;
    try {
      await write(file, bytes, old);
      // The process's umask may have removed permissions.
      if (process.platform !== 'win32') await file.chmod(rights);
      if (fsync) await file.sync();
    } finally {
      await file.close();
    }
    if (madeFrom !== undefined && !(await isStill(target, madeFrom))) return false;
    await whileHeld(() => rename(name, target));
    temporary = undefined;
    if (fsync) await syncFolder(dirname(target)).catch(() => {});
    return true;
  } catch (error) {
    throw unwritable(path, error);
  } finally {
    if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => {});
  }
}

/** As `replaceFile`, for a value that is written as JSON. */
export function replaceJson(path: string, value: unknown, options?: ReplaceOptions): Promise<boolean> {
  return replaceFile(path, `${JSON.stringify(value, null, 2)}\n`, options);
}

/** An unused name beside the file. */
export function quarantineName(path: string, now: number): string {
  const name = `${path}.broken-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  let free = name;
  for (let n = 2; existsSync(free); n++) free = `${name}-${n}`;
  return free;
}

/**
 * Copies an invalid file beside itself before it is replaced; returns the copy's name. The file itself stays
 * until then.
 * @throws AppError `file_unreadable`
 */
export function quarantineCopy(path: string, now: number): string {
  const copy = quarantineName(path, now);
  try {
    copyFileSync(path, copy, constants.COPYFILE_EXCL);
    return copy;
  } catch (error) {
    throw unwritable(copy, error);
  }
}
