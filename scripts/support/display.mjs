import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './run.mjs';

/**
 * The command prefix for a virtual display. Without `-noreset` the display restarts whenever its last window
 * is closed, and refuses a window that opens meanwhile.
 */
export const virtualDisplay = ['xvfb-run', '-a', '-s', '-screen 0 1920x1200x24 -noreset'];

/** Whether a window can be shown. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Without a display, runs this script again on a virtual one and returns its exit code; null if there is a
 * display.
 */
export async function againOnVirtualDisplay() {
  if (hasDisplay()) return null;
  const [command, ...rest] = virtualDisplay;
  return run(command, [...rest, process.execPath, ...process.argv.slice(1)]);
}

function namespacesRestricted() {
  const switches = [
    ['/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1'],
    ['/proc/sys/kernel/unprivileged_userns_clone', '0'],
    ['/proc/sys/user/max_user_namespaces', '0'],
  ];
  return switches.some(([path, off]) => existsSync(path) && readFileSync(path, 'utf8').trim() === off);
}

/**
 * Chromium refuses to start with its sandbox as root. Ubuntu 24.04 restricts user namespaces, so there it
 * also refuses as a user, unless `chrome-sandbox` belongs to root.
 * @param {string} executable Electron's
 * @returns {{ args: string[], note: string | null }} `note` says how to enable the sandbox
 */
export function sandboxArguments(executable) {
  if (process.platform !== 'linux') return { args: [], note: null };
  if (process.getuid() === 0) return { args: ['--no-sandbox'], note: null };
  const helper = join(dirname(executable), 'chrome-sandbox');
  const stats = statSync(helper, { throwIfNoEntry: false });
  if (!namespacesRestricted() || (stats?.uid === 0 && (stats.mode & 0o4000) !== 0))
    return { args: [], note: null };
  const fix = `sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`;
  return {
    args: ['--no-sandbox'],
    note: `This system does not let Chromium make its sandbox: starting without. To have it: ${fix}`,
  };
}
