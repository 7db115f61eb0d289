import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The Visual C++ runtime's libraries; a clean Windows 10 or 11 does not have them. */
const runtimeLibrary = /^(vcruntime|msvcp|concrt|vcomp)\d+(_\w+)?\.dll$/;

/** The notice in the licence file of a Windows build. */
export const runtimeNotice = `
${'='.repeat(80)}

Microsoft Visual C++ Runtime
Licence: distributable code of Microsoft Visual Studio, unchanged, under Microsoft's licence terms
By: Microsoft Corporation
`;

/** @param {string[]} libraries names in lower case */
export const runtimeLibraries = (libraries) => libraries.filter((name) => runtimeLibrary.test(name));

function visualStudios(env) {
  const locator = join(
    env['ProgramFiles(x86)'] ?? 'C:\\Program Files (x86)',
    'Microsoft Visual Studio',
    'Installer',
    'vswhere.exe',
  );
  if (!existsSync(locator)) return [];
  const args = ['-products', '*', '-property', 'installationPath', '-utf8'];
  return execFileSync(locator, args, { encoding: 'utf8' }).split(/\r?\n/).filter(Boolean);
}

const subfolders = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => join(folder, name))
    : [];

/**
 * The folders of Visual Studio's redistributable runtime for x64, newest first. Only these may be distributed
 * with an app (the Visual Studio licence's list of distributable code), so `System32` is not searched.
 * @param {NodeJS.ProcessEnv} env `VCToolsRedistDir`, as set by Visual Studio's command prompt, comes first
 * @returns {string[]}
 */
export function redistributableFolders(env) {
  const versions = visualStudios(env)
    .flatMap((studio) => subfolders(join(studio, 'VC', 'Redist', 'MSVC')))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return [...(env.VCToolsRedistDir ? [env.VCToolsRedistDir] : []), ...versions]
    .flatMap((version) => subfolders(join(version, 'x64')))
    .filter((folder) => /\.CRT$/i.test(folder));
}

/**
 * Finds the files to distribute.
 * @param {string[]} names libraries of the runtime, in lower case
 * @param {string[]} folders
 * @returns {string[]} their paths
 * @throws if one is missing; the message says how to install it
 */
export function findRuntime(names, folders) {
  return names.map((name) => {
    const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
    if (found) return found;
    throw new Error(
      `${name} belongs beside the database's native module, and no Visual Studio on this machine has it to pass on. ` +
        'Install the Visual Studio Build Tools with "Desktop development with C++" and build again. ' +
        'An unpacked build for tests (npm run package -- --dir) is made without it.',
    );
  });
}
