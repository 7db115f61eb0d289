import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Absolute path of the checkout that contains these scripts. */
export const projectRoot = resolve(import.meta.dirname, '..', '..');

/**
 * Reads a JSON file.
 * @param {string} path absolute path
 * @returns {any} the parsed value, or `null` if the file is missing or is not JSON
 */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function isWritableFolder(path) {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function userCacheFolder() {
  if (process.env.XDG_CACHE_HOME) return join(process.env.XDG_CACHE_HOME, 'comfyvn-llm-panel');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'comfyvn-llm-panel');
  if (process.env.LOCALAPPDATA) return join(process.env.LOCALAPPDATA, 'comfyvn-llm-panel', 'Cache');
  return join(homedir(), '.cache', 'comfyvn-llm-panel');
}

/**
 * The cache folder shared by several checkouts: `COMFYVN_ELECTRON_CACHE`, else a per-user cache,
 * else (read-only home) `.cache/electron-runtime` in the checkout.
 * @returns {string} absolute path of a writable folder
 * @throws if none of them can be written
 */
export function runtimeCacheFolder() {
  const wanted = process.env.COMFYVN_ELECTRON_CACHE;
  const candidates = wanted
    ? [resolve(wanted)]
    : [userCacheFolder(), join(projectRoot, '.cache', 'electron-runtime')];
  const found = candidates.find(isWritableFolder);
  if (!found) throw new Error(`Cannot write to ${candidates.join(' nor ')}; set COMFYVN_ELECTRON_CACHE.`);
  return found;
}
