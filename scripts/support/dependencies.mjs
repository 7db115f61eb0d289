import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, readJson } from './project.mjs';
import { npmCommand, run } from './run.mjs';

/**
 * Whether the installed packages match the lockfile. Packages for other platforms may be absent.
 * @param {any} lock parsed `package-lock.json`
 * @param {any} hidden parsed `node_modules/.package-lock.json`, npm's own record of what it installed
 */
export function satisfies(lock, hidden) {
  if (!lock?.packages || !hidden?.packages) return false;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    const found = hidden.packages[path];
    return path === '' || (found ? found.version === wanted.version : Boolean(wanted.optional));
  });
}

/**
 * Runs `npm ci` if node_modules is missing or does not match the lockfile.
 * @param {(line: string) => void} log
 * @throws if npm fails
 */
export async function ensureDependencies(log) {
  const lockFile = join(projectRoot, 'package-lock.json');
  const modules = join(projectRoot, 'node_modules');
  const stampFile = join(modules, '.lock-hash');
  const hash = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return;
  // After a developer's own `npm install` the stamp is old, but all packages are present.
  if (!satisfies(readJson(lockFile), readJson(join(modules, '.package-lock.json')))) {
    log('Installing the packages of package-lock.json (npm ci).');
    const npm = npmCommand();
    const code = await run(npm.command, [...npm.args, 'ci', '--include=dev'], { shell: npm.shell });
    if (code !== 0) throw new Error(`npm ci failed (exit code ${code}).`);
  }
  writeFileSync(stampFile, hash);
}
