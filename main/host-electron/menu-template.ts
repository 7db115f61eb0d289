import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../contract/events.ts';
import { menuTexts } from './menu-texts.ts';

type Item = MenuItemConstructorOptions;

const line: Item = { type: 'separator' };
const roles = (...names: Item['role'][]): Item[] => names.map((role) => ({ role }));

/**
 * The application's menu. Its keys are shown and not taken: the page has them first, and knows what they mean where.
 * @param send tells the page what was chosen
 */
export function menuTemplate(send: (command: MenuCommand) => void, isMac: boolean): Item[] {
  const item = (label: string, command: MenuCommand, accelerator?: string): Item => ({
    label,
    click: () => send(command),
    ...(accelerator ? { accelerator, registerAccelerator: false } : {}),
  });
  const views = Object.entries(menuTexts.places).map(([id, label], at) =>
    item(label, id as MenuCommand, `CmdOrCtrl+${at + 1}`),
  );
  return [
    ...(isMac ? roles('appMenu') : []),
    {
      label: menuTexts.file,
      submenu: [
        item(menuTexts.create, 'create', 'CmdOrCtrl+N'),
        item(menuTexts.save, 'save', 'CmdOrCtrl+S'),
        line,
        item(menuTexts.palette, 'palette', 'CmdOrCtrl+K'),
        item(menuTexts.quickSwitch, 'quickSwitch', 'CmdOrCtrl+P'),
        item(menuTexts.settings, 'settings', 'CmdOrCtrl+,'),
        line,
        ...roles(isMac ? 'close' : 'quit'),
      ],
    },
    {
      label: menuTexts.edit,
      submenu: [
        item(menuTexts.undo, 'undo', 'CmdOrCtrl+Z'),
        ...roles('redo'),
        item(menuTexts.changes, 'changes'),
        line,
        ...roles('cut', 'copy', 'paste', 'selectAll'),
      ],
    },
    {
      label: menuTexts.view,
      submenu: [
        ...views,
        line,
        item(menuTexts.inspector, 'toggleInspector', 'CmdOrCtrl+I'),
        line,
        ...roles('resetZoom', 'zoomIn', 'zoomOut'),
        line,
        ...roles('togglefullscreen', 'reload', 'toggleDevTools'),
      ],
    },
    ...roles('windowMenu'),
    { role: 'help', label: menuTexts.help, submenu: [item(menuTexts.documents, 'help', 'F1')] },
  ];
}

type Clicked = Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'editFlags'>;

/** What a click with the other button offers: editing in a field, copying of what is selected, else nothing. */
export function contextItems({ isEditable, selectionText, editFlags: can }: Clicked): Item[] {
  if (isEditable)
    return [
      { role: 'undo', enabled: can.canUndo },
      { role: 'redo', enabled: can.canRedo },
      line,
      { role: 'cut', enabled: can.canCut },
      { role: 'copy', enabled: can.canCopy },
      { role: 'paste', enabled: can.canPaste },
      line,
      { role: 'selectAll', enabled: can.canSelectAll },
    ];
  return selectionText.trim() === '' ? [] : [{ role: 'copy', enabled: can.canCopy }];
}
