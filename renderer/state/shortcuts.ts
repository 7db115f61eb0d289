import { useEffect, useEffectEvent } from 'react';
import { isComposing } from './composing.ts';
import type { ShortcutId } from './key-map.ts';
import { keyMap, shortcutOf } from './key-map.ts';
import { isMacKeyboard } from './key-names.ts';

type Handler = () => void;

/** The newest handler of a key is used, so that a view can override a key of the frame. */
const handlers = new Map<ShortcutId, Handler[]>();

function addHandler(id: ShortcutId, handler: Handler): () => void {
  handlers.set(id, [...(handlers.get(id) ?? []), handler]);
  return () => {
    const others = (handlers.get(id) ?? []).filter((other) => other !== handler);
    handlers.set(id, others);
  };
}

/** Registers a key's handler while the component is mounted. */
export function useShortcut(id: ShortcutId, handler: Handler, enabled = true): void {
  const run = useEffectEvent(handler);
  useEffect(() => (enabled ? addHandler(id, () => run()) : undefined), [id, enabled]);
}

/** The shortcuts that have a handler on the current screen. */
export function shortcutsNow(): ShortcutId[] {
  return [...handlers].filter(([, stack]) => stack.length > 0).map(([id]) => id);
}

/** Runs a shortcut's handler. */
export function runNow(id: ShortcutId): void {
  handlers.get(id)?.at(-1)?.();
}

function runShortcut(press: KeyboardEvent, id: ShortcutId | null): void {
  const handler = id === null ? undefined : handlers.get(id)?.at(-1);
  if (!handler) return;
  press.preventDefault();
  press.stopPropagation();
  handler();
}

/**
 * Whether a chord takes precedence over the focused element: Ctrl+Enter in a menu is ours, Esc in a menu is
 * the menu's.
 */
function goesFirst(id: ShortcutId | null): boolean {
  return id !== null && (keyMap[id].primary === true || keyMap[id].alt === true);
}

/**
 * Whether a key press belongs to the text field: Ctrl+Z undoes typing, and on a Mac Option with an arrow
 * moves to the next paragraph.
 */
function isForText(press: KeyboardEvent, id: ShortcutId | null): boolean {
  if (id === null || !(id === 'undo' || (keyMap[id].alt === true && isMacKeyboard()))) return false;
  // The code editor is in a shadow tree, so `target` is only its host.
  const [target] = press.composedPath();
  return target instanceof Element && target.closest('input, textarea, [contenteditable="true"]') !== null;
}

/** Listens on the whole window; called once. */
export function listenForShortcuts(): void {
  const listen = (first: boolean) => (press: KeyboardEvent) => {
    if (press.defaultPrevented || isComposing(press)) return;
    const id = shortcutOf(press);
    if (goesFirst(id) === first && !isForText(press, id)) runShortcut(press, id);
  };
  window.addEventListener('keydown', listen(true), { capture: true });
  window.addEventListener('keydown', listen(false));
}
