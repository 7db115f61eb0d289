import { closeSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { devNull } from 'node:os';
import type Libsql from 'libsql';

/** More than SQLite's driver opens when it starts. */
const neededFiles = 32;

/**
 * Checks for free file descriptors first, because the driver ends the whole process if it gets none.
 * @throws EMFILE, ENFILE
 */
export function checkDescriptors(): void {
  const taken: number[] = [];
  try {
    while (taken.length < neededFiles) taken.push(openSync(devNull, 'r'));
  } finally {
    for (const fd of taken) closeSync(fd);
  }
}

/**
 * Loads SQLite's driver on first use. Uses `require`, because an `import` that fails once (for example for
 * lack of a file descriptor) fails forever.
 * @throws Node's error if the native part is missing; `driverProblem` explains it
 */
export function loadSqlite(): typeof Libsql {
  checkDescriptors();
  return createRequire(import.meta.url)('libsql') as typeof Libsql;
}

/**
 * Loads the driver into the calling thread on Windows. There its library is unloaded with the last thread of Node that
 * has it, while threads of its own still run in it, and that ends the whole process with an access violation.
 */
export function keepDriverLoaded(platform: NodeJS.Platform = process.platform, load = loadSqlite): void {
  if (platform !== 'win32') return;
  try {
    load();
  } catch {
    // The thread that uses the driver fails in the same way, and says why.
  }
}

const closers = new Set<() => unknown>();
let isListening = false;

function closeAll(): void {
  for (const close of closers) {
    try {
      close();
    } catch {
      // The process ends in any case.
    }
  }
}

/**
 * Keeps a database from being collected before it is closed, and closes it when the process exits. The driver reads freed
 * memory when it collects one that is open: with several of them that ends the whole process on Windows.
 * @param close closes the database before it returns; what it returns is kept as long
 * @returns to be called once the database is closed
 */
export function closeAtExit(close: () => unknown): () => void {
  if (!isListening) process.on('exit', closeAll);
  isListening = true;
  closers.add(close);
  return () => void closers.delete(close);
}

/** Messages of Node and the driver for a native module that is missing, built for another machine, or lacks a library. */
const notInstalled = /Cannot find module '(libsql|@libsql\/[\w-]+)/;
const noSuchBuild = /^Neon: unsupported/;

const reinstall =
  'remove node_modules and run "npm ci" on this machine: a copy from another system, --omit=optional or --no-optional leave it out';

function remedyFor(error: { code?: unknown; message: string }, platform: NodeJS.Platform, arch: string) {
  const missing = notInstalled.exec(error.message)?.[1];
  if (missing !== undefined || noSuchBuild.test(error.message)) {
    const name = missing ?? `a build for ${platform}-${arch}`;
    if (platform === 'win32' && arch !== 'x64')
      return `${name} is not there: there is none for Windows on ${arch}. Use the x64 build of Node, which Windows runs too`;
    return `${name} is not installed: ${reinstall}`;
  }
  if (error.code !== 'ERR_DLOPEN_FAILED') return undefined;
  if (/too many open files/i.test(error.message)) return 'too many files are open in this process';
  // Windows reports the reason in the user's language.
  if (platform === 'win32')
    return 'this Windows most likely lacks the Visual C++ runtime: install https://aka.ms/vs/17/release/vc_redist.x64.exe';
  return `it does not load on this machine (${error.message.split('\n')[0]}): ${reinstall}`;
}

/**
 * Why SQLite's native module did not load, with the remedy.
 * @returns undefined for any other failure
 */
export function driverProblem(
  error: unknown,
  { platform, arch }: Pick<NodeJS.Process, 'platform' | 'arch'> = process,
): string | undefined {
  if (error === null || typeof error !== 'object' || !('message' in error)) return undefined;
  const remedy = remedyFor(error as { code?: unknown; message: string }, platform, arch);
  return remedy && `SQLite's native module cannot be loaded: ${remedy}`;
}
