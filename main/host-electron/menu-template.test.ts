import type { MenuItemConstructorOptions } from 'electron';
import { expect, test, vi } from 'vitest';
import { contextItems, menuTemplate } from './menu-template.ts';

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
  const own = itemsOf(menuTemplate(send, false)).filter(({ click }) => click);
  for (const { click } of own) (click as () => void)();
  const text = send.mock.calls.map(([command]) => String(command));
  expect(text).toEqual([...new Set(text)]);
  expect(text).toEqual(
    expect.arrayContaining(['help', 'undo', 'changes', 'bench', 'translate', 'trials', 'settings']),
  );
});

test('shortcuts of the page are shown but not registered', () => {
  const keyed = itemsOf(menuTemplate(vi.fn(), false)).filter(({ accelerator }) => accelerator);
  expect(keyed.length).toBeGreaterThan(5);
  expect(keyed.filter(({ registerAccelerator }) => registerAccelerator !== false)).toEqual([]);
});

test('a field offers editing, a selection copying, and anything else no menu', () => {
  const names = (items: MenuItemConstructorOptions[]) => items.flatMap(({ role }) => role ?? []);
  const clicked = { isEditable: false, selectionText: '', editFlags: everything };
  expect(names(contextItems({ ...clicked, isEditable: true }))).toContain('paste');
  expect(names(contextItems({ ...clicked, selectionText: 'a reply' }))).toEqual(['copy']);
  expect(contextItems(clicked)).toEqual([]);
});
