import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Paths } from '../core/lib/host/ports.ts';

const appName = 'comfyvn-llm-panel';

/** The user-data folder, the same as the desktop app's, by each system's convention. */
export function userDataFolder(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), appName);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', appName);
  return join(env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), appName);
}

/**
 * The folder of the user's files: `COMFYVN_RUNTIME_ROOT` made absolute, because the working folder may
 * change, and because on Windows `\data` and `D:data` depend on the current drive.
 * @param usual the default
 */
export function runtimeRootFrom(env: Readonly<Record<string, string | undefined>>, usual: string): string {
  const text = env['COMFYVN_RUNTIME_ROOT']?.trim();
  return text ? resolve(text) : usual;
}

/** @param bundleFolder the folder of the running script, `out/main` */
export function nodePaths(bundleFolder: string, env: Readonly<Record<string, string | undefined>>): Paths {
  return {
    appRoot: resolve(bundleFolder, '..', '..'),
    runtimeRoot: runtimeRootFrom(env, userDataFolder(process.platform, env)),
  };
}
