import { Menu, type BrowserWindow } from 'electron';
import type { MenuCommand } from '../../contract/events.ts';
import { contextItems, menuTemplate } from './menu-template.ts';

/**
 * The application's menu; hidden until Alt is pressed where the system keeps it in the window.
 * @param send tells the page what was chosen
 */
export function setAppMenu(send: (command: MenuCommand) => void): void {
  const template = menuTemplate(send, process.platform === 'darwin');
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** The system's own menu for a field or a selected text. */
export function offerContextMenu(window: BrowserWindow): void {
  window.webContents.on('context-menu', (_event, params) => {
    const items = contextItems(params);
    if (items.length) Menu.buildFromTemplate(items).popup({ window });
  });
}
