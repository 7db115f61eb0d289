import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The checkout under test. */
export const projectRoot = resolve(import.meta.dirname, '..', '..');

interface ElectronRuntime {
  executable: string;
  version: string;
}

/** The setup scripts are JavaScript without types; the functions used here are declared here. */
function script<T>(...path: string[]): Promise<T> {
  return import(pathToFileURL(join(projectRoot, 'scripts', ...path)).href) as Promise<T>;
}

let electron: Promise<ElectronRuntime> | undefined;

async function findElectron(): Promise<ElectronRuntime> {
  const executable = process.env.PANEL_ELECTRON;
  if (executable) {
    const version = readFileSync(join(dirname(executable), 'version'), 'utf8')
      .trim()
      .replace(/^v/, '');
    return { executable, version };
  }
  const { ensureElectron } = await script<{ ensureElectron(): Promise<ElectronRuntime> }>(
    'electron-runtime.mjs',
  );
  return ensureElectron();
}

/** `PANEL_ELECTRON`, else the Electron that `npm start` uses, with the version from its folder. */
export function electronRuntime(): Promise<ElectronRuntime> {
  return (electron ??= findElectron());
}

/** `PANEL_CHROMIUM`, else a browser found on this machine. */
export async function chromiumExecutable(): Promise<string> {
  const { findChromium } = await script<{ findChromium(): Promise<string | null> }>(
    'support',
    'find-chromium.mjs',
  );
  const path = await findChromium();
  if (!path || !existsSync(path)) throw new Error('No Chromium found: set PANEL_CHROMIUM to one.');
  return path;
}

/** `--no-sandbox` if Chromium cannot use its sandbox: as root, and where user namespaces are restricted. */
export async function sandboxArguments(executable: string): Promise<string[]> {
  type Display = { sandboxArguments(executable: string): { args: string[] } };
  return (await script<Display>('support', 'display.mjs')).sandboxArguments(executable).args;
}

/** The interface's texts by table. */
type Tables = Record<string, object>;

interface Catalogues {
  englishTables(): Promise<Tables>;
  /** By language tag. */
  otherCatalogues(): Promise<Record<string, Tables>>;
  /** The texts of a table by key; texts with placeholders are functions. */
  textsOf(table: object): [key: string, text: unknown][];
}

/** The catalogues of the interface in every language. */
export function interfaceTexts(): Promise<Catalogues> {
  return script<Catalogues>('languages', 'catalogues.mjs');
}
