import './support/check-node.mjs';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runtimeNotice } from '../packaging/visual-cpp-runtime.mjs';
import { FALLBACK_VERSION, fallbackElectron } from './support/fallback-electron.mjs';
import { setup } from './setup.mjs';
import { licences } from './support/licences.mjs';
import { projectRoot, readJson, runtimeCacheFolder } from './support/project.mjs';
import { packageBin, run } from './support/run.mjs';

// npm run package [-- --dir] [electron-builder's own flags]
const userArgs = process.argv.slice(2);
const bundles = ['main', 'preload', 'renderer'];

/**
 * Styles and fonts are included by `@import`, so the bundler does not list them as modules.
 */
function stylePackages() {
  const { devDependencies } = readJson(join(projectRoot, 'package.json'));
  const names = Object.keys(devDependencies).filter((name) => /^(tailwindcss|@fontsource.*)$/.test(name));
  return names.map((name) => join(projectRoot, 'node_modules', name));
}

function writeLicences() {
  const folders = bundles.flatMap((name) =>
    JSON.parse(readFileSync(join(projectRoot, 'out', `packages-${name}.json`), 'utf8')),
  );
  const { text, count, unnamed } = licences([...new Set([...folders, ...stylePackages()])]);
  if (unnamed.length) throw new Error(`These packages state no licence: ${unnamed.join(', ')}.`);
  const notice = process.platform === 'win32' ? runtimeNotice : '';
  writeFileSync(join(projectRoot, 'out', 'THIRD-PARTY-LICENSES.txt'), text + notice);
  console.log(`Licences of ${count} packages: out/THIRD-PARTY-LICENSES.txt`);
}

/** The fallback Electron is only for tests on this machine: the result is unpacked and never an installer. */
async function runtimeArguments(electron) {
  if (electron.source !== 'fallback')
    return [`-c.electronVersion=${electron.version}`, `-c.electronDist=${electron.dist}`];
  console.log(
    `Only the fallback Electron ${FALLBACK_VERSION} is here: dist/ gets an unpacked build for tests, no installer.`,
  );
  const dist = await fallbackElectron(runtimeCacheFolder(), console.log);
  return ['--dir', `-c.electronVersion=${FALLBACK_VERSION}`, `-c.electronDist=${dist}`];
}

async function main() {
  const { electron, electronError } = await setup({ electron: true, build: true });
  if (!electron) throw new Error(`No Electron to package: ${electronError}`);
  writeLicences();
  rmSync(join(projectRoot, 'dist'), { recursive: true, force: true });
  const args = await runtimeArguments(electron);
  const config = join(projectRoot, 'packaging', 'electron-builder.config.mjs');
  const builder = packageBin('electron-builder');
  // Without it, electron-builder would try an unrequested download.
  const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
  return run(process.execPath, [builder, '--config', config, '--publish', 'never', ...args, ...userArgs], {
    env,
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
