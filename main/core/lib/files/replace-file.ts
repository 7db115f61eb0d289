import { constants, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { access, open, readFile, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../app-error.ts';
import { unreadable } from './read-json.ts';
import { encodeText, type TextEncoding } from './read-text-file.ts';

/** How long a file that another program holds is waited for, in milliseconds. */
const maxWaitMs = 2000;
const firstPauseMs = 10;
/** For the user only: what is new here may be private. */
const newFileMode = 0o600;
const newFolderMode = 0o700;

export interface ReplaceOptions {
  /** The file's rights; by default those it has, and its owner's only where it is new. */
  mode?: number;
  /** `false` for what can be made again: nothing waits for the disk. */
  fsync?: boolean;
  /** Of a text; by default UTF-8. */
  encoding?: TextEncoding;
  /** The bytes that the new ones are made from, null for no file: one that is another by now is left as it is. */
  madeFrom?: Uint8Array | null;
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? String(error);

/** Windows refuses what it allows a moment later: a virus scanner, a file watcher or an editor holds the file. */
function isHeld(error: unknown): boolean {
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  return (
    ['EPERM', 'EACCES', 'EBUSY'].includes(code) &&
    (syscall === 'rename' || syscall === 'unlink' || process.platform === 'win32')
  );
}

/** Does it again while another program holds the file, for two seconds at most. Throws what it threw last. */
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
 * Waits, for two seconds at most, until files can be read that another program holds, as Windows lets it: before a change
 * that would be refused otherwise. Never throws.
 */
export async function untilReadable(paths: readonly string[]): Promise<void> {
  for (const path of paths)
    await whileHeld(async () => {
      const file = await open(path, 'r');
      await file.close();
    }).catch(() => {});
}

/** What the disk refused, as an error for a person. */
export function unwritable(path: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const held = isHeld(error)
    ? `: another program held it for ${maxWaitMs / 1000} seconds; close it there and try again`
    : '';
  return new AppError('file_unreadable', `${path} cannot be written (${codeOf(error)})${held}`, {
    file: path,
  });
}

/** What the system says where a disk, a folder's rights or a limit of open files is the reason. */
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

/** A file system's refusal that nothing below has put into words, as an error for a person; undefined for anything else. */
export function diskProblem(error: unknown): AppError | undefined {
  const { code = '', path, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (!(error instanceof Error) || !path || !syscall || !diskCodes.has(code)) return undefined;
  return new AppError(
    'file_unreadable',
    `${path}: the system refused it (${syscall}, ${code}); see the rights of the folder and the space on the disk`,
    { file: path },
  );
}

/** Makes a folder, for the user only where it is new. @throws AppError `file_unreadable` */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: newFolderMode });
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Removes a file, if it is there. @throws AppError `file_unreadable` */
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
  // An administrator's write leaves the file to its owner.
  if (old && process.getuid?.() === 0) await file.chown(old.uid, old.gid);
}

async function isStill(path: string, bytes: Uint8Array | null): Promise<boolean> {
  if (bytes === null) return !existsSync(path);
  return existsSync(path) && (await whileHeld(() => readFile(path))).equals(bytes);
}

/** The new name is on the disk too. Windows has no such thing, and some network disks refuse it. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  await folder
    .sync()
    .catch(() => {})
    .finally(() => folder.close());
}

/**
 * Puts a whole file in the place of the old one, or nothing; synced to disk first.
 * @returns false where the file has other bytes than `madeFrom`: another program wrote meanwhile, and nothing is changed
 * @throws AppError `file_unreadable` when it cannot be written; what there was is whole then
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
    // Someone who keeps the file elsewhere and links to it keeps the link.
    const target = await realpath(path).catch(() => path);
    const old = await stat(target).catch(() => undefined);
    // What nobody may read would be lost unseen: a folder's rights are enough to rename over it.
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
      // The process's own mask may have taken rights away.
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

/** As `replaceFile`, for a value that becomes JSON. */
export function replaceJson(path: string, value: unknown, options?: ReplaceOptions): Promise<boolean> {
  return replaceFile(path, `${JSON.stringify(value, null, 2)}\n`, options);
}

/** A name beside the file that no other file has. */
export function quarantineName(path: string, now: number): string {
  const name = `${path}.broken-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  let free = name;
  for (let n = 2; existsSync(free); n++) free = `${name}-${n}`;
  return free;
}

/**
 * Copies a file that was read and makes no sense beside itself, before it is replaced; returns the copy's name. The file
 * itself stays in its place until then.
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
