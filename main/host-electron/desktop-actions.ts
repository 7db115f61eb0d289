import { pathToFileURL } from 'node:url';
import { app, BrowserWindow, clipboard, dialog, Notification, shell, type OpenDialogOptions } from 'electron';
import type { Desktop } from '../core/lib/host/ports.ts';

const dialogProperties = {
  folder: ['openDirectory'],
  files: ['openFile', 'multiSelections'],
} as const satisfies Record<string, OpenDialogOptions['properties']>;

/** The system's dialog in front of the panel; an empty list where it was cancelled. */
async function choosePaths(kind: 'folder' | 'files'): Promise<string[]> {
  const options: OpenDialogOptions = { properties: [...dialogProperties[kind]] };
  const [window] = BrowserWindow.getAllWindows();
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? [] : filePaths;
}

/** As the installer names the app: Windows shows messages of a known one alone. */
const appUserModelId = 'org.comfyvn.llm-panel';

/** Shows a message of the system's unless the panel has the focus. A click on it brings the panel to the front. */
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

/** VS Code and the editors made of it open a file at its line by an address of their own. */
const editorSchemes = ['vscode', 'vscodium', 'cursor'] as const;

const isInstalled = (scheme: string) => app.getApplicationNameForProtocol(`${scheme}://`) !== '';

/**
 * Opens a file at a line in an editor that can be told so, else in whatever the system opens such files with.
 * @returns why it could not be opened
 */
async function openFile(path: string, line: number): Promise<string | null> {
  const scheme = editorSchemes.find(isInstalled);
  if (scheme !== undefined) {
    try {
      await shell.openExternal(`${scheme}://file${pathToFileURL(path).pathname}:${line}`);
      return null;
    } catch {
      // The system opens it, if not at its line.
    }
  }
  return (await shell.openPath(path)) || null;
}

/** `shell.openPath` says why it could not, or nothing. */
async function openFolder(path: string): Promise<string | null> {
  return (await shell.openPath(path)) || null;
}

/** What the core asks of the desktop. */
export const desktopActions: Desktop = {
  copy: (text) => clipboard.writeText(text),
  openFolder,
  openFile,
  choosePaths,
  notify,
};
