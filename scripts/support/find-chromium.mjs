import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from './project.mjs';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const USUAL_PATHS = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  // Edge comes with Windows; if Chrome is there, the user chose to install it.
  win32: [
    ['Google', 'Chrome', 'Application', 'chrome.exe'],
    ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ],
};

/**
 * The usual paths of Chromium-based browsers.
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]} absolute paths, best first
 */
export function usualBrowsers(platform, env) {
  if (platform !== 'win32') return USUAL_PATHS[platform] ?? [];
  const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((name) => env[name] ?? []);
  return USUAL_PATHS.win32.flatMap((parts) => roots.map((root) => join(root, ...parts)));
}

/**
 * Finds a command on the PATH.
 * @param {string} name
 * @returns {string | null} absolute path
 */
export function findCommand(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

async function playwrightChromium() {
  try {
    const entry = join(projectRoot, 'node_modules', 'playwright', 'index.mjs');
    const { chromium } = await import(pathToFileURL(entry).href);
    return chromium.executablePath();
  } catch {
    return null;
  }
}

/**
 * Finds a Chromium-based browser: `PANEL_CHROMIUM`, the system's, then Playwright's own.
 * @returns {Promise<string | null>} absolute path of its executable
 */
export async function findChromium() {
  const wanted = process.env.PANEL_CHROMIUM;
  if (wanted) return wanted;
  const system =
    NAMES.map(findCommand).find(Boolean) ??
    usualBrowsers(process.platform, process.env).find((path) => existsSync(path));
  if (system) return system;
  const own = await playwrightChromium();
  return own && existsSync(own) ? own : null;
}
