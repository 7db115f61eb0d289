import { pathToFileURL } from 'node:url';
import { app, BrowserWindow, clipboard, dialog, Notification, shell, type OpenDialogOptions } from 'electron';
import type { Desktop } from '../core/lib/host/ports.ts';

const dialogProperties = {
  folder: ['openDirectory'],
  files: ['openFile', 'multiSelections'],
} as const satisfies Record<string, OpenDialogOptions['properties']>;

/** Opens the system's dialog in front of the panel; returns an empty list if it is cancelled. */
async function choosePaths(kind: 'folder' | 'files'): Promise<string[]> {
  const options: OpenDialogOptions = { properties: [...dialogProperties[kind]] };
  const [window] = BrowserWindow.getAllWindows();
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? [] : filePaths;
}

/** The id that the installer uses: Windows shows notifications only for a known app. */
const appUserModelId = 'org.comfyvn.llm-panel';

/**
 * Shows a system notification unless the panel has the focus. A click on it brings the panel to the front.
 */
function notify(title: string, body: string): boolean {
  if (BrowserWindow.getFocusedWindow() !== null || !Notification.isSupported()) return false;
  if (process.platform === 'win32') app.setAppUserModelId(appUserModelId);
  const notification = new Notification({ title, body });
  notification.on('click', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  });
  notification.show();
  return true;
}

/** VS Code and editors based on it can open a file at a line by URL. */
const editorSchemes = ['vscode', 'vscodium', 'cursor'] as const;

const isInstalled = (scheme: string) => app.getApplicationNameForProtocol(`${scheme}://`) !== '';

/**
 * Opens a file at a line in an editor that supports it, else with the system's default app.
 * @returns why it could not be opened
 */
async function openFile(path: string, line: number): Promise<string | null> {
  const scheme = editorSchemes.find(isInstalled);
  if (scheme !== undefined) {
    try {
      await shell.openExternal(`${scheme}://file${pathToFileURL(path).pathname}:${line}`);
      return null;
    } catch {
      // Continue with the default app, without the line.
    }
  }
  return (await shell.openPath(path)) || null;
}

/** `shell.openPath` returns the error, or an empty string. */
async function openFolder(path: string): Promise<string | null> {
  return (await shell.openPath(path)) || null;
}

/** The desktop functions for the core. */
export const desktopActions: Desktop = {
  copy: (text) => clipboard.writeText(text),
  openFolder,
  showFile: (path) => shell.showItemInFolder(path),
  openFile,
  choosePaths,
  notify,
};
