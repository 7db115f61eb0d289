import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { npmCommand, run } from './run.mjs';

const TIMEOUT_MS = 20 * 60 * 1000;

/**
 * Compares a file with the integrity that a lockfile records.
 * @param {string} file
 * @param {string} integrity `sha512-…`
 * @param {string} name the file's name in the error
 * @throws if the file does not match
 */
export async function checkIntegrity(file, integrity, name) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== integrity)
    throw new Error(`${name} does not match the recorded integrity (found ${found}); it is not used.`);
}

/**
 * Downloads a package through npm, whatever system it is for, and unpacks it. None of its code is run.
 * @param {string} spec `name@version`, exact
 * @param {string} integrity `sha512-…`
 * @param {string} folder a working folder, created if it is missing
 * @returns {Promise<string>} the folder with the package's files
 * @throws if it cannot be downloaded, does not match the integrity, or cannot be unpacked
 */
export async function fetchPackage(spec, integrity, folder) {
  await mkdir(folder, { recursive: true });
  const npm = npmCommand();
  const args = [...npm.args, 'pack', spec, '--ignore-scripts', '--silent', '--pack-destination', folder];
  const code = await run(npm.command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: npm.shell,
    timeoutMs: TIMEOUT_MS,
  });
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (code !== 0 || !archive) throw new Error(`npm pack ${spec} failed (exit code ${code}).`);
  await checkIntegrity(join(folder, archive), integrity, spec);
  if ((await run('tar', ['-xzf', join(folder, archive), '-C', folder])) !== 0)
    throw new Error(`Could not unpack ${archive}.`);
  return join(folder, 'package');
}
