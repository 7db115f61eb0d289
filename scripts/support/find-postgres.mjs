import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findCommand } from './find-chromium.mjs';

const DEBIAN = '/usr/lib/postgresql';

/**
 * Finds the folder with `initdb` and `postgres`: `PANEL_POSTGRES`, Debian's newest, then the one on the PATH.
 * @param {string} [debian] Debian's folder with one subfolder per version
 * @returns {string | null} absolute path
 */
export function findPostgres(debian = DEBIAN) {
  const wanted = process.env.PANEL_POSTGRES;
  if (wanted) return wanted;
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = versions.map((version) => join(debian, version, 'bin'));
  const found = folders.find((folder) => existsSync(join(folder, 'initdb')));
  const command = found ? null : findCommand('initdb');
  return found ?? (command && dirname(command));
}
