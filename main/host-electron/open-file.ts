import { pathToFileURL } from 'node:url';
import { app, shell } from 'electron';

/** VS Code and the editors made of it open a file at its line by an address of their own. */
const editorSchemes = ['vscode', 'vscodium', 'cursor'] as const;

const isInstalled = (scheme: string) => app.getApplicationNameForProtocol(`${scheme}://`) !== '';

/**
 * Opens a file at a line in an editor that can be told so, else in whatever the system opens such files with.
 * @returns why it could not be opened
 */
export async function openFile(path: string, line: number): Promise<string | null> {
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
