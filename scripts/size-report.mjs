import { existsSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectRoot, readJson } from './support/project.mjs';

// Reports the sizes of the build at the end of `npm run build`. Over a limit, the exit code is 1.

const kB = 1000;
const MB = 1_000_000;
/** `entry`: the page's own script; `first`: that and every script that it loads before it shows anything. */
const limits = { entry: 240 * kB, first: 240 * kB, app: 25 * MB };
/** Prebuilt for another C library; never packaged. */
const excluded = /-musl$/;

function sizeOf(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

/** Compressed sizes of the scripts in the page's HTML: its own first, then those that it imports. */
function firstScripts(renderer) {
  const html = readFileSync(join(renderer, 'index.html'), 'utf8');
  const tags = [...html.matchAll(/<(?:script|link)\b[^>]*>/g)].map(([tag]) => tag);
  const files = tags
    .filter((tag) => tag.startsWith('<script') || /rel="modulepreload"/.test(tag))
    .flatMap((tag) => /(?:src|href)="\.\/([^"]+)"/.exec(tag)?.[1] ?? []);
  return files.map((file) => gzipSync(readFileSync(join(renderer, file)), { level: 9 }).length);
}

/** The folders of the packages that are not bundled, and of all their dependencies. */
function packagesOf(names, found = new Map()) {
  for (const name of names) {
    const folder = join(projectRoot, 'node_modules', name);
    if (found.has(name) || excluded.test(name) || !existsSync(folder)) continue;
    found.set(name, realpathSync(folder));
    const { dependencies, optionalDependencies } = readJson(join(folder, 'package.json')) ?? {};
    packagesOf(Object.keys({ ...dependencies, ...optionalDependencies }), found);
  }
  return found;
}

const out = join(projectRoot, 'out');
const { dependencies } = readJson(join(projectRoot, 'package.json'));
const packages = [...packagesOf(Object.keys(dependencies)).values()];
const parts = {
  'main and preload': sizeOf(join(out, 'main')) + sizeOf(join(out, 'preload')),
  renderer: sizeOf(join(out, 'renderer')),
  'registry and prompt packs':
    sizeOf(join(projectRoot, 'registry')) + sizeOf(join(projectRoot, 'prompt-packs')),
  'packages beside the bundle': packages.reduce((sum, folder) => sum + sizeOf(folder), 0),
};
const app = Object.values(parts).reduce((sum, size) => sum + size, 0);
const [entry = 0, ...imported] = firstScripts(join(out, 'renderer'));
const first = imported.reduce((sum, size) => sum + size, entry);
const kb = (size) => `${Math.round(size / kB)} kB`;
const mb = (size) => `${(size / MB).toFixed(1)} MB`;

console.log(`The window's script: ${kb(entry)} compressed, ${kb(first)} with all that it loads at once.`);
console.log(
  `The app without Electron: ${mb(app)} (${Object.entries(parts)
    .map(([name, size]) => `${name} ${mb(size)}`)
    .join(', ')}).`,
);
for (const [name, size] of Object.entries({ entry, first, app })) {
  if (size <= limits[name]) continue;
  console.error(`Too large: ${name} is ${size} bytes, and its limit is ${limits[name]}.`);
  process.exitCode = 1;
}
