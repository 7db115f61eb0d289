import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { licences } from '../scripts/support/licences.mjs';
import { projectRoot, readJson } from '../scripts/support/project.mjs';
import { addRuntime, checkArchitectures } from './after-pack.mjs';
import { configurationFor } from './electron-builder.config.mjs';
import { findRuntime, redistributableFolders, runtimeLibraries } from './visual-cpp-runtime.mjs';
import { fileFor, windowsLibrary } from './__fixtures__/native-files.mjs';

let folder;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'packaging-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name) => join(projectRoot, name);
function write(name, bytes) {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

const mac = configurationFor({ platform: 'darwin', hasCertificate: false });
const windows = configurationFor({ platform: 'win32', hasCertificate: false });

describe('macOS', () => {
  test('a build has one architecture, that of its machine', () => {
    // If a target names no architecture, electron-builder uses the machine's own.
    expect(mac.mac.target).toEqual(['dmg', 'zip']);
  });

  test('without a certificate the app is signed ad hoc after its fuses are set', () => {
    expect(mac.electronFuses.resetAdHocDarwinSignature).toBe(true);
    expect(mac.mac.identity).toBe('-');
  });

  test('with a certificate, electron-builder chooses it', () => {
    expect(configurationFor({ platform: 'darwin', hasCertificate: true }).mac).not.toHaveProperty('identity');
  });

  test('an ad hoc signature with the hardened runtime lets the app load its own database', () => {
    expect(mac.mac).not.toHaveProperty('entitlements');
    const own = at('node_modules/app-builder-lib/templates/entitlements.mac.plist');
    expect(readFileSync(own, 'utf8')).toMatch(/disable-library-validation<\/key>\s*<true\/>/);
  });

  test('codesign runs only on a Mac', () => {
    expect(windows.electronFuses.resetAdHocDarwinSignature).toBe(false);
  });
});

describe('Windows', () => {
  test('the installer and the portable app have different names', () => {
    const targets = windows.win.target.map(({ target }) => target);
    expect(targets).toEqual(['nsis', 'portable']);
    expect(windows.portable.artifactName).not.toBe(windows.artifactName);
  });

  test('every target architecture has a native database in the lockfile', () => {
    const { packages } = readJson(at('package-lock.json'));
    for (const arch of windows.win.target.flatMap((target) => target.arch))
      expect(packages, arch).toHaveProperty(`node_modules/@libsql/win32-${arch}-msvc`);
  });
});

describe('every system', () => {
  test('all fuses are set', () => {
    const { resetAdHocDarwinSignature: _, ...fuses } = mac.electronFuses;
    expect(fuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  test('every icon exists, in the format of its name', () => {
    const start = (name) => readFileSync(at(name)).subarray(0, 4);
    expect(start(windows.win.icon)).toEqual(Buffer.from([0, 0, 1, 0]));
    expect(start(mac.mac.icon).toString('latin1')).toBe('icns');
    expect(existsSync(join(at(mac.linux.icon), '512x512.png'))).toBe(true);
  });

  test('the product’s licence and those of its parts are beside the app', () => {
    expect(mac.extraFiles.map(({ to }) => to)).toEqual(['LICENSE.txt', 'THIRD-PARTY-LICENSES.txt']);
    expect(existsSync(at('LICENSE'))).toBe(true);
  });

  test('the window’s fonts are packed, with their licences beside the app', () => {
    const styles = readFileSync(at('renderer/styles.css'), 'utf8');
    const fonts = [...styles.matchAll(/url\('(@fontsource[^/]*\/[^/']+)/g)].map(([, name]) => name);
    expect(new Set(fonts).size).toBeGreaterThan(1);
    expect(mac.files).toContain('out/renderer/**');
    const { text } = licences(fonts.map((name) => at(join('node_modules', name))));
    for (const name of fonts) expect(text).toContain(`${name}@`);
    expect(text.match(/SIL OPEN FONT LICENSE Version 1\.1/g)?.length).toBeGreaterThanOrEqual(
      new Set(fonts).size,
    );
  });

  test('native modules are outside the archive, and only those for Electron’s C library', () => {
    // A library inside an archive cannot be loaded.
    expect(mac.asarUnpack).toEqual(['**/*.node']);
    expect(mac.files).toContain('!node_modules/@libsql/*musl*/**');
    expect(mac.npmRebuild).toBe(false);
  });

  test('the data of presets and trials is packed', () => {
    for (const pattern of ['registry/**/*.json', 'prompt-packs/**', 'trial-sets/*.jsonl'])
      expect(mac.files).toContain(pattern);
    expect(readJson(at('package.json')).files).toContain('trial-sets/*.jsonl');
  });

  test('the version is the same everywhere', () => {
    const { version } = readJson(at('package.json'));
    const lock = readJson(at('package-lock.json'));
    expect([lock.version, lock.packages[''].version]).toEqual([version, version]);
    const [, latest] = /^## (\d+\.\d+\.\d+)/m.exec(readFileSync(at('CHANGELOG.md'), 'utf8'));
    expect(latest).toBe(version);
    const named = readFileSync(at('README.md'), 'utf8').matchAll(/comfyvn-llm-panel-(\d+\.\d+\.\d+)-/g);
    expect(new Set([...named].map(([, found]) => found))).toEqual(new Set([version]));
  });

  test('the workflow makes every installer, its bill of materials and its checksums, in this order', () => {
    const workflow = readFileSync(at('.github/workflows/package.yml'), 'utf8');
    const steps = [...workflow.matchAll(/- run: (.*)/g)].map(([, command]) => command.split(' ${{')[0]);
    expect(steps.slice(-3)).toEqual([
      'npm run package',
      'node scripts/sbom.mjs',
      'node scripts/checksums.mjs',
    ]);
    for (const file of ['AppImage', 'deb', 'exe', 'dmg']) expect(workflow).toContain(`dist/*.${file}`);
    expect([mac.linux.target, windows.win.target.map(({ target }) => target)[0], mac.mac.target[0]]).toEqual([
      ['AppImage', 'deb'],
      'nsis',
      'dmg',
    ]);
  });

  test('the hook that checks the packed files is set', () => {
    expect(mac.afterPack).toBeTypeOf('function');
  });
});

describe('packed files are for their system', () => {
  const check = (executable, natives, wanted) => () => checkArchitectures({ executable, natives }, wanted);
  const arm = { platform: 'darwin', arch: 'arm64' };

  test('an app and its database for one architecture pass', () => {
    const [app, database] = ['app', 'db.node'].map((name) => write(`fits/${name}`, fileFor(arm)));
    expect(check(app, [database], arm)).not.toThrow();
  });

  test('another architecture’s database fails the build, with advice', () => {
    const app = write('mixed/app', fileFor({ platform: 'darwin', arch: 'x64' }));
    const database = write('mixed/db.node', fileFor(arm));
    expect(check(app, [database], { platform: 'darwin', arch: 'x64' })).toThrow(
      /db\.node is for darwin-arm64, not for darwin-x64\. Build for darwin-x64 on a machine of that kind/,
    );
  });

  test('another architecture’s Electron fails the build', () => {
    const [app, database] = ['app', 'db.node'].map((name) => write(`other/${name}`, fileFor(arm)));
    expect(check(app, [database], { platform: 'darwin', arch: 'x64' })).toThrow(/app is for darwin-arm64/);
  });

  test('an app without a database fails the build', () => {
    expect(check(write('none/app', fileFor(arm)), [], arm)).toThrow(/No native module for darwin-arm64/);
  });

  test('this machine’s own Node and database are recognised', () => {
    const libsql = process.platform === 'linux' ? `linux-${process.arch}-gnu` : null;
    const natives = libsql ? [at(`node_modules/@libsql/${libsql}/index.node`)] : [];
    const own = { platform: process.platform, arch: process.arch };
    expect(check(process.execPath, natives.length ? natives : [process.execPath], own)).not.toThrow();
  });
});

describe('the Visual C++ runtime', () => {
  const imports = [
    'KERNEL32.dll',
    'VCRUNTIME140.dll',
    'VCRUNTIME140_1.dll',
    'api-ms-win-crt-heap-l1-1-0.dll',
  ];

  test('each of its libraries that the database needs is beside the database', () => {
    const native = write('app.asar.unpacked/libsql/index.node', windowsLibrary(imports));
    const redist = join(folder, 'redist');
    for (const name of ['vcruntime140.dll', 'vcruntime140_1.dll', 'msvcp140.dll'])
      write(`redist/${name}`, name);
    addRuntime([native], [join(folder, 'empty'), redist]);
    const beside = (name) => join(native, '..', name);
    expect(readFileSync(beside('vcruntime140.dll'), 'utf8')).toBe('vcruntime140.dll');
    expect(readFileSync(beside('vcruntime140_1.dll'), 'utf8')).toBe('vcruntime140_1.dll');
    expect(existsSync(beside('msvcp140.dll'))).toBe(false);
  });

  test('a library that does not need it gets nothing', () => {
    const native = write('plain/index.node', windowsLibrary(['KERNEL32.dll', 'ucrtbase.dll']));
    expect(() => addRuntime([native], [])).not.toThrow();
  });

  test('if this machine lacks it, the error names what to install', () => {
    expect(() => findRuntime(['vcruntime140.dll'], [folder])).toThrow(
      /vcruntime140\.dll belongs beside .*Install the Visual Studio Build Tools/,
    );
  });

  test('parts of Windows are not mistaken for it', () => {
    expect(
      runtimeLibraries(['ucrtbase.dll', 'msvcrt.dll', 'vcruntime140.dll', 'msvcp140_atomic_wait.dll']),
    ).toEqual(['vcruntime140.dll', 'msvcp140_atomic_wait.dll']);
  });

  test('it is copied from the x64 folder that the Visual Studio prompt names', () => {
    const version = join(folder, '14.44');
    for (const part of ['x64/Microsoft.VC143.CRT', 'x64/Microsoft.VC143.MFC', 'arm64/Microsoft.VC143.CRT'])
      mkdirSync(join(version, part), { recursive: true });
    const env = { VCToolsRedistDir: version, 'ProgramFiles(x86)': folder };
    expect(redistributableFolders(env)).toEqual([join(version, 'x64', 'Microsoft.VC143.CRT')]);
  });
});
