import { copyFileSync, openSync, readFileSync, readSync, closeSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { importedLibraries, nativeTarget } from './native-file.mjs';
import { findRuntime, redistributableFolders, runtimeLibraries } from './visual-cpp-runtime.mjs';

/** electron-builder's numbers for architectures. */
const archNames = ['ia32', 'x64', 'armv7l', 'arm64', 'universal'];

function headOf(path) {
  const file = openSync(path, 'r');
  const head = Buffer.alloc(4096);
  const length = readSync(file, head, 0, head.length, 0);
  closeSync(file);
  return head.subarray(0, length);
}

/** The app's executable and the folder of files outside its archive, in electron-builder's layout. */
function layoutOf({ appOutDir, electronPlatformName, packager }) {
  const { productFilename } = packager.appInfo;
  if (electronPlatformName === 'darwin') {
    const contents = join(appOutDir, `${productFilename}.app`, 'Contents');
    return { executable: join(contents, 'MacOS', productFilename), resources: join(contents, 'Resources') };
  }
  const name = electronPlatformName === 'win32' ? `${productFilename}.exe` : packager.executableName;
  return { executable: join(appOutDir, name), resources: join(appOutDir, 'resources') };
}

/** Every native module of the packaged app. */
export function nativeModules(resources) {
  return readdirSync(join(resources, 'app.asar.unpacked'), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.node'))
    .map((name) => join(resources, 'app.asar.unpacked', name));
}

/**
 * Compares the packed files with their target system. npm installs the native database only for the building
 * machine, so a build for another one would start without a call log.
 * @param {{ executable: string, natives: string[] }} packed paths
 * @param {{ platform: string, arch: string }} wanted
 * @throws if a file is for another system, or the database is missing
 */
export function checkArchitectures({ executable, natives }, wanted) {
  const target = `${wanted.platform}-${wanted.arch}`;
  const remedy = `Build for ${target} on a machine of that kind, after npm ci there.`;
  if (natives.length === 0)
    throw new Error(`No native module for ${target} is installed: there would be no call log. ${remedy}`);
  for (const path of [executable, ...natives]) {
    const found = nativeTarget(headOf(path));
    if (found?.platform !== wanted.platform || found.arch !== wanted.arch)
      throw new Error(
        `${basename(path)} is for ${found ? `${found.platform}-${found.arch}` : 'no known system'}, ` +
          `not for ${target}. ${remedy}`,
      );
  }
}

/**
 * Copies the Visual C++ runtime beside each native module that needs it. Not beside the executable: Node
 * loads modules so that Windows searches only the module's own folder and the system's (docs/decisions).
 * @param {string[]} natives paths
 * @param {string[]} folders redistributable folders of this machine
 */
export function addRuntime(natives, folders) {
  for (const native of natives) {
    const names = runtimeLibraries(importedLibraries(readFileSync(native)));
    for (const path of findRuntime(names, folders))
      copyFileSync(path, join(dirname(native), basename(path).toLowerCase()));
  }
}

/**
 * electron-builder's hook: runs before the fuses are set and the app is signed.
 * @param {import('electron-builder').AfterPackContext} context
 */
export function afterPack(context) {
  const { executable, resources } = layoutOf(context);
  const natives = nativeModules(resources);
  const platform = context.electronPlatformName;
  checkArchitectures({ executable, natives }, { platform, arch: archNames[context.arch] });
  if (platform !== 'win32') return;
  try {
    addRuntime(natives, redistributableFolders(process.env));
  } catch (error) {
    // An unpacked build stays on the machine that built it; an installer goes to machines without the
    // runtime.
    if (context.targets.some(({ name }) => name !== 'dir')) throw error;
    console.warn(error.message);
  }
}
