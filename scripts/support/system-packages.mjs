import { findCommand } from './find-chromium.mjs';
import { capture, run } from './run.mjs';

/** Debian packages by the part that needs them. */
export const PACKAGES = {
  electron: [
    'libgtk-3-0',
    'libnss3',
    'libasound2',
    'libgbm1',
    'libxss1',
    'libxtst6',
    'libatk-bridge2.0-0',
    'libdrm2',
  ],
  display: ['xvfb', 'xauth', 'fonts-dejavu'],
  /** For pictures of the panel in Japanese and Chinese. */
  pictures: ['fonts-noto-cjk', 'fontconfig'],
  browser: ['chromium', 'fonts-dejavu'],
  postgres: ['postgresql'],
  keyring: ['dbus-daemon', 'dbus-x11', 'gnome-keyring', 'libsecret-1-0'],
};

/**
 * @param {string[]} wanted names as in Debian 12
 * @param {string} listing `dpkg-query`'s lines: status, then the name, possibly with `:arch`
 * @returns {string[]} those not installed under that name nor under the newer `…t64`
 */
export function missingFrom(wanted, listing) {
  const lines = listing.split('\n').map((line) => line.split(' '));
  const installed = new Set(
    lines.filter(([status]) => status === 'installed').map(([, name]) => name?.split(':')[0]),
  );
  return wanted.filter((name) => !installed.has(name) && !installed.has(`${name}t64`));
}

/**
 * The package's name in this release of Debian or Ubuntu.
 * @param {string} name
 * @param {(name: string) => boolean} exists
 * @returns {string | null} `null` if the package does not exist
 */
export function nameInRelease(name, exists) {
  return [`${name}t64`, name].find(exists) ?? null;
}

function hasCandidate(name) {
  return /Candidate: (?!\(none\))/.test(capture('apt-cache', ['policy', name]));
}

/**
 * Installs missing packages as root on Debian or Ubuntu; otherwise prints the command to run.
 * @param {string[]} wanted
 * @param {(line: string) => void} log
 * @returns {Promise<string[]>} what is still missing; always empty without dpkg
 */
export async function ensureSystemPackages(wanted, log) {
  if (process.platform !== 'linux' || wanted.length === 0 || !findCommand('dpkg-query')) return [];
  const list = () => {
    const names = wanted.flatMap((name) => [name, `${name}t64`]);
    const format = '-f=${db:Status-Status} ${binary:Package}\\n';
    return missingFrom(wanted, capture('dpkg-query', ['-W', format, ...names]));
  };
  const missing = list();
  if (missing.length === 0) return [];
  if (process.getuid() !== 0 || !findCommand('apt-get')) {
    const names = missing.map((name) => nameInRelease(name, hasCandidate) ?? name);
    log(`Missing system packages; to install them: sudo apt-get install -y ${names.join(' ')}`);
    return missing;
  }
  log(`Installing system packages: ${missing.join(' ')}.`);
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
  };
  const apt = (...args) => run('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], options);
  await apt('update');
  const names = missing.map((name) => nameInRelease(name, hasCandidate)).filter(Boolean);
  if (names.length > 0) await apt('install', '-y', '--no-install-recommends', ...names);
  const left = list();
  if (left.length > 0) log(`Could not install ${left.join(' ')}.`);
  return left;
}
