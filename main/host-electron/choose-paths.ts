import { BrowserWindow, dialog, type OpenDialogOptions } from 'electron';

const properties = {
  folder: ['openDirectory'],
  files: ['openFile', 'multiSelections'],
} as const satisfies Record<string, OpenDialogOptions['properties']>;

/** The system's dialog in front of the panel; an empty list where it was cancelled. */
export async function choosePaths(kind: 'folder' | 'files'): Promise<string[]> {
  const options: OpenDialogOptions = { properties: [...properties[kind]] };
  const [window] = BrowserWindow.getAllWindows();
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? [] : filePaths;
}
