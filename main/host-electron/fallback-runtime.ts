import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The version of the development Electron if the app runs on it, else null: a marker file is beside the
 * executable.
 */
export function fallbackRuntime(): string | null {
  return existsSync(join(dirname(process.execPath), 'FALLBACK_RUNTIME'))
    ? (process.versions.electron ?? 'unknown')
    : null;
}
