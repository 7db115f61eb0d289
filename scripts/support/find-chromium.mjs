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
];
const PLACES = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].map((name) =>
    join(process.env[name] ?? '', 'Google', 'Chrome', 'Application', 'chrome.exe'),
  ),
};

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
 * Finds a browser of the Chromium family: `PANEL_CHROMIUM`, the system's, then Playwright's own.
 * @returns {Promise<string | null>} absolute path of its executable
 */
export async function findChromium() {
  const wanted = process.env.PANEL_CHROMIUM;
  if (wanted) return wanted;
  const system =
    NAMES.map(findCommand).find(Boolean) ?? PLACES[process.platform]?.find((path) => existsSync(path));
  if (system) return system;
  const own = await playwrightChromium();
  return own && existsSync(own) ? own : null;
}
