import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, readJson } from './project.mjs';

const SOURCES = [
  'contract',
  'main',
  'preload',
  'prompt-packs',
  'registry',
  'renderer',
  'electron.vite.config.ts',
  'package-lock.json',
];
const ENTRIES = ['main/index.js', 'main/headless.js', 'main/cli.js', 'main/library.js'];
// Declarations and licences are generated from these, and are in the same folder.
const BUNDLES = ['main', 'preload', 'renderer'];
const STAMP = '.build-stamp.json';

function filesUnder(root, path) {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stats) return [];
  if (stats.isFile()) return [path];
  const names = readdirSync(join(root, path)).toSorted();
  return names.flatMap((name) => filesUnder(root, `${path}/${name}`));
}

/**
 * A hash of everything that the build reads, without tests.
 * @param {string} [root]
 * @returns {string} hex
 */
export function hashSources(root = projectRoot) {
  const hash = createHash('sha256');
  for (const path of SOURCES.flatMap((source) => filesUnder(root, source))) {
    if (/\.test\.[cm]?[jt]sx?$/.test(path)) continue;
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

// `electron-vite dev` and builds by hand also write to `out`; the stamp must not be valid for those.
function hashOutput(root) {
  const hash = createHash('sha256');
  for (const path of BUNDLES.flatMap((name) => filesUnder(root, `out/${name}`))) {
    const { size, mtimeMs } = statSync(join(root, path));
    hash.update(`${path}\0${size}\0${mtimeMs}\0`);
  }
  return hash.digest('hex');
}

/** Whether `out/` was built from the current sources, and has not been changed since. */
export function isBuildFresh(root = projectRoot) {
  const stamp = readJson(join(root, 'out', STAMP));
  if (!stamp || ENTRIES.some((entry) => !existsSync(join(root, 'out', entry)))) return false;
  return stamp.sources === hashSources(root) && stamp.output === hashOutput(root);
}

/**
 * Records that `out/` has just been built.
 * @param {string} sources `hashSources()` from before the build: a file that is saved during the build makes it stale
 * @param {string} [root]
 */
export function stampBuild(sources, root = projectRoot) {
  writeFileSync(join(root, 'out', STAMP), JSON.stringify({ sources, output: hashOutput(root) }));
}
