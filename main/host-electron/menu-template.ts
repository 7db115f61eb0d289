import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../contract/events.ts';
import { menuViews, type NativeTexts, type RoleTexts } from './native-texts/native-texts.ts';

type Item = MenuItemConstructorOptions;
type Role = keyof RoleTexts;

const line: Item = { type: 'separator' };

/** System menu items by role, with labels in our language; Electron's own labels are English. */
function roleItems(texts: NativeTexts, isMac: boolean, ...names: Role[]): Item[] {
  const labels = isMac ? { ...texts.roles, ...texts.mac.roles } : texts.roles;
  return names.map((role) => ({ role, label: labels[role] }));
}

/** The first menu on a Mac, which the system names after the app. */
function macAppMenu({ mac }: NativeTexts, quit: Item[]): Item {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about', label: mac.about },
      line,
      { role: 'services', label: mac.services },
      line,
      { role: 'hide', label: mac.hide },
      { role: 'hideOthers', label: mac.hideOthers },
      { role: 'unhide', label: mac.unhide },
      line,
      ...quit,
    ],
  };
}

/**
 * The application menu. Shortcuts are shown but not registered: the page handles them, because their meaning
 * depends on the focus.
 * @param send sends the chosen command to the page
 */
export function menuTemplate(
  send: (command: MenuCommand) => void,
  isMac: boolean,
  texts: NativeTexts,
): Item[] {
  const menus = isMac ? { ...texts.menus, ...texts.mac.menus } : texts.menus;
  const roles = (...names: Role[]) => roleItems(texts, isMac, ...names);
  const item = (label: string, command: MenuCommand, accelerator?: string): Item => ({
    label,
    click: () => send(command),
    ...(accelerator ? { accelerator, registerAccelerator: false } : {}),
  });
  const { items, mac } = texts;
  const [undo] = roles('undo');
  return [
    ...(isMac ? [macAppMenu(texts, roles('quit'))] : []),
    {
      label: menus.file,
      submenu: [
        item(items.create, 'create', 'CmdOrCtrl+N'),
        item(items.save, 'save', 'CmdOrCtrl+S'),
        line,
        item(items.palette, 'palette', 'CmdOrCtrl+K'),
        item(items.quickSwitch, 'quickSwitch', 'CmdOrCtrl+P'),
        item(items.settings, 'settings', 'CmdOrCtrl+,'),
        line,
        ...roles(isMac ? 'close' : 'quit'),
      ],
    },
    {
      label: menus.edit,
      submenu: [
        item(undo?.label ?? '', 'undo', 'CmdOrCtrl+Z'),
        ...roles('redo'),
        item(items.changes, 'changes'),
        line,
        ...roles('cut', 'copy', 'paste', 'selectAll'),
      ],
    },
    {
      label: menus.view,
      submenu: [
        ...menuViews.map((view, at) => item(texts.views[view], view, `CmdOrCtrl+${at + 1}`)),
        line,
        item(items.inspector, 'toggleInspector', 'CmdOrCtrl+I'),
        line,
        ...roles('resetZoom', 'zoomIn', 'zoomOut'),
        line,
        ...roles('togglefullscreen', 'reload', 'toggleDevTools'),
      ],
    },
    {
      role: 'window',
      label: menus.window,
      submenu: isMac
        ? [...roles('minimize'), { role: 'zoom', label: mac.zoom }, line, { role: 'front', label: mac.front }]
        : roles('minimize', 'close'),
    },
    { role: 'help', label: menus.help, submenu: [item(items.documents, 'help', 'F1')] },
  ];
}

type Clicked = Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'editFlags'>;

/** The context menu: editing commands in a field, Copy for a selection, else nothing. */
export function contextItems(
  { isEditable, selectionText, editFlags: can }: Clicked,
  isMac: boolean,
  texts: NativeTexts,
): Item[] {
  const item = (role: Role, enabled: boolean): Item[] =>
    roleItems(texts, isMac, role).map((one) => ({ ...one, enabled }));
  if (isEditable)
    return [
      ...item('undo', can.canUndo),
      ...item('redo', can.canRedo),
      line,
      ...item('cut', can.canCut),
      ...item('copy', can.canCopy),
      ...item('paste', can.canPaste),
      line,
      ...item('selectAll', can.canSelectAll),
    ];
  return selectionText.trim() === '' ? [] : item('copy', can.canCopy);
}
