import './support/check-node.mjs';
import { ensureElectron } from './electron-runtime.mjs';
import { hashSources, isBuildFresh, stampBuild } from './support/build-stamp.mjs';
import { ensureDependencies } from './support/dependencies.mjs';
import { findChromium } from './support/find-chromium.mjs';
import { findPostgres } from './support/find-postgres.mjs';
import { npmCommand, run } from './support/run.mjs';
import { ensureSystemPackages, PACKAGES } from './support/system-packages.mjs';

async function ensureBuild(log) {
  if (isBuildFresh()) return;
  log('Building (npm run build).');
  const sources = hashSources();
  const npm = npmCommand();
  const code = await run(npm.command, [...npm.args, 'run', '--silent', 'build'], { shell: npm.shell });
  if (code !== 0) throw new Error(`The build failed (exit code ${code}).`);
  stampBuild(sources);
}

async function ensureBrowser(log) {
  const found = await findChromium();
  if (found) return found;
  await ensureSystemPackages(PACKAGES.browser, log);
  const installed = await findChromium();
  if (!installed)
    log('No Chromium found: set PANEL_CHROMIUM to one, or run: npx playwright install chromium');
  return installed;
}

async function ensurePostgres(log) {
  const found = findPostgres();
  if (found) return found;
  await ensureSystemPackages(PACKAGES.postgres, log);
  const installed = findPostgres();
  if (!installed) log('No PostgreSQL found: its tests are skipped, unless CI=true');
  return installed;
}

/**
 * Prepares a checkout. Every step is skipped if there is nothing to do, and prints one line if
 * there is. Packages are installed only as root on Debian and Ubuntu; otherwise the command is printed.
 * @param {{ electron?: boolean, display?: boolean, browser?: boolean, postgres?: boolean, keyring?: boolean,
 *   pictures?: boolean, build?: boolean, log?: (line: string) => void }} needs `display` is a virtual one (xvfb);
 *   `pictures` are fonts for every language of the panel
 * @returns {Promise<{ electron: Awaited<ReturnType<typeof ensureElectron>> | null,
 *   electronError: string | null, chromium: string | null, postgres: string | null }>}
 * @throws if npm ci or the build fails
 */
export async function setup(needs) {
  const { electron, display, browser, postgres, keyring, pictures, build, log = console.log } = needs;
  await ensureDependencies(log);
  const packages = [
    ...(electron ? PACKAGES.electron : []),
    ...(display ? PACKAGES.display : []),
    ...(keyring ? PACKAGES.keyring : []),
    ...(pictures ? PACKAGES.pictures : []),
  ];
  await ensureSystemPackages(packages, log);
  const ready = {
    electron: null,
    electronError: null,
    chromium: browser ? await ensureBrowser(log) : null,
    postgres: postgres ? await ensurePostgres(log) : null,
  };
  if (electron) {
    try {
      ready.electron = await ensureElectron({ log });
    } catch (error) {
      ready.electronError = error.message;
    }
  }
  if (build) await ensureBuild(log);
  return ready;
}
