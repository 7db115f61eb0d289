import type { MenuItemConstructorOptions } from 'electron';
import { expect, test, vi } from 'vitest';
import { contextItems, menuTemplate } from './menu-template.ts';
import { nativeTexts } from './native-texts/native-texts.ts';

const english = nativeTexts('en', []);

const everything = {
  canUndo: true,
  canRedo: true,
  canCut: true,
  canCopy: true,
  canPaste: true,
  canDelete: true,
  canSelectAll: true,
  canEditRichly: false,
};

const itemsOf = (items: MenuItemConstructorOptions[]) =>
  items.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));

test('each of our own items sends its command to the page', () => {
  const send = vi.fn();
  const own = itemsOf(menuTemplate(send, false, english)).filter(({ click }) => click);
  for (const { click } of own) (click as () => void)();
  const text = send.mock.calls.map(([command]) => String(command));
  expect(text).toEqual([...new Set(text)]);
  expect(text).toEqual(
    expect.arrayContaining(['help', 'undo', 'changes', 'bench', 'translate', 'trials', 'settings']),
  );
});

test('shortcuts of the page are shown but not registered', () => {
  const keyed = itemsOf(menuTemplate(vi.fn(), false, english)).filter(({ accelerator }) => accelerator);
  expect(keyed.length).toBeGreaterThan(5);
  expect(keyed.filter(({ registerAccelerator }) => registerAccelerator !== false)).toEqual([]);
});

test('a field offers editing, a selection copying, and anything else no menu', () => {
  const names = (items: MenuItemConstructorOptions[]) => items.flatMap(({ role }) => role ?? []);
  const clicked = { isEditable: false, selectionText: '', editFlags: everything };
  expect(names(contextItems({ ...clicked, isEditable: true }, false, english))).toContain('paste');
  expect(names(contextItems({ ...clicked, selectionText: 'a reply' }, false, english))).toEqual(['copy']);
  expect(contextItems(clicked, false, english)).toEqual([]);
});

test.each([
  ['ja', 'ja', false, ['ファイル', '編集', '表示', 'ウィンドウ', 'ヘルプ']],
  ['ja', 'ja', true, ['ファイル', '編集', '表示', 'ウインドウ', 'ヘルプ']],
  ['zh-CN', 'en', false, ['文件', '编辑', '查看', '窗口', '帮助']],
  ['system', 'ja-JP', false, ['ファイル', '編集', '表示', 'ウィンドウ', 'ヘルプ']],
  ['a later language', 'de', true, ['File', 'Edit', 'View', 'Window', 'Help']],
])(
  'with the setting %s on a %s system the menus are named in that language',
  (setting, system, isMac, names) => {
    const menus = menuTemplate(vi.fn(), isMac, nativeTexts(setting, [system]));
    expect(menus.flatMap(({ role, label }) => (role === 'appMenu' ? [] : (label ?? '')))).toEqual(names);
  },
);

test.each([false, true])('no item is left to Electron’s English names (on a Mac: %s)', (isMac) => {
  const items = itemsOf(menuTemplate(vi.fn(), isMac, nativeTexts('ja', [])));
  expect(items.filter(({ type, label }) => type !== 'separator' && !label)).toEqual([]);
  const latin = items.map(({ label = '' }) => label.replace('ComfyVN LLM Panel', ''));
  expect(latin.filter((label) => /[A-Za-z]/.test(label))).toEqual([]);
  const clicked = { isEditable: true, selectionText: '', editFlags: everything };
  const context = contextItems(clicked, isMac, nativeTexts('ja', []));
  expect(context.filter(({ type, label }) => type !== 'separator' && !label)).toEqual([]);
});
