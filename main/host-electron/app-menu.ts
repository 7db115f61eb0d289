import { Menu } from 'electron';

/** Editing, zoom and windows, as every app has them; hidden until Alt is pressed where the system keeps it in the window. */
export function setAppMenu(): void {
  const own = process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : [];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...own,
      { role: 'fileMenu' },
      { role: 'editMenu' },
      { role: 'viewMenu' },
      { role: 'windowMenu' },
    ]),
  );
}
