// A preload (`node --require`) that gives Linux the file rules of NTFS, so that file tests run under both:
// - a handle opened for appending cannot be truncated (EPERM)
// - a file that was just written is open in a virus scanner or a file watcher: it cannot be replaced by a rename (EPERM)
// - a file that this process has open cannot be replaced by a rename (EBUSY), because no share mode allows it
// - a folder that contains a watched folder cannot be moved (EPERM)
// - the name of a device is not a file name (ENOENT)
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const { basename, resolve, sep } = require('node:path');

const scanMs = Number(process.env.NTFS_SHIM_SCAN_MS ?? 40);
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

const openPaths = new Map();
const watched = new Map();
const writtenAt = new Map();

function failure(code, syscall, path) {
  return Object.assign(new Error(`${code}: ${syscall} '${path}'`), { errno: -4048, code, syscall, path });
}

const count = (map, key, by) => {
  const n = (map.get(key) ?? 0) + by;
  if (n > 0) map.set(key, n);
  else map.delete(key);
};

function checkName(path, syscall) {
  if (devices.test(basename(String(path)))) throw failure('ENOENT', syscall, path);
}

const appends = (flags) =>
  typeof flags === 'string' ? flags.startsWith('a') : Boolean((flags ?? 0) & fs.constants.O_APPEND);

/** The error that refuses a rename now; undefined if it is allowed. */
function refusal(from, to) {
  const [source, target] = [resolve(String(from)), resolve(String(to))];
  checkName(target, 'rename');
  for (const folder of watched.keys())
    if (folder.startsWith(source + sep)) return failure('EPERM', 'rename', source);
  if (openPaths.has(source) || openPaths.has(target)) return failure('EBUSY', 'rename', target);
  if (performance.now() - (writtenAt.get(target) ?? -Infinity) < scanMs)
    return failure('EPERM', 'rename', target);
  return undefined;
}

function renamed(from, to) {
  writtenAt.delete(resolve(String(from)));
  writtenAt.set(resolve(String(to)), performance.now());
}

const { open: openAsync, rename: renameAsync } = fs.promises;
fs.promises.open = async (path, flags, mode) => {
  checkName(path, 'open');
  const handle = await openAsync(path, flags, mode);
  const at = resolve(String(path));
  count(openPaths, at, 1);
  if (appends(flags))
    handle.truncate = async () => {
      throw failure('EPERM', 'ftruncate', path);
    };
  const close = handle.close.bind(handle);
  let closed = false;
  handle.close = async () => {
    if (!closed) count(openPaths, at, -1);
    closed = true;
    return close();
  };
  return handle;
};
fs.promises.rename = async (from, to) => {
  const error = refusal(from, to);
  if (error) throw error;
  await renameAsync(from, to);
  renamed(from, to);
};

const { renameSync, openSync, ftruncateSync, ftruncate } = fs;
const appending = new Set();
fs.renameSync = (from, to) => {
  const error = refusal(from, to);
  if (error) throw error;
  renameSync(from, to);
  renamed(from, to);
};
fs.openSync = (path, flags, mode) => {
  checkName(path, 'open');
  const fd = openSync(path, flags, mode);
  if (appends(flags)) appending.add(fd);
  else appending.delete(fd);
  return fd;
};
fs.ftruncateSync = (fd, length) => {
  if (appending.has(fd)) throw failure('EPERM', 'ftruncate', fd);
  ftruncateSync(fd, length);
};
fs.ftruncate = (fd, ...rest) => {
  if (appending.has(fd)) process.nextTick(rest.at(-1), failure('EPERM', 'ftruncate', fd));
  else ftruncate(fd, ...rest);
};

const { watch } = fs;
fs.watch = (path, ...rest) => {
  const watcher = watch(path, ...rest);
  const at = resolve(String(path));
  count(watched, at, 1);
  watcher.once('close', () => count(watched, at, -1));
  return watcher;
};

/** For tests: imitates another program that has a file open. */
globalThis.ntfsShim = {
  hold(path, ms) {
    const at = resolve(String(path));
    count(openPaths, at, 1);
    setTimeout(() => count(openPaths, at, -1), ms);
  },
  /** Keeps a file open until the returned function is called. */
  keepOpen(path) {
    const at = resolve(String(path));
    count(openPaths, at, 1);
    return () => count(openPaths, at, -1);
  },
};
syncBuiltinESMExports();
