import { useEffect, useEffectEvent } from 'react';
import type { ShortcutId } from './key-map.ts';
import { shortcutOf } from './key-map.ts';

type Handler = () => void;

/** The newest handler of a key wins, so that a place can take over a key of the frame. */
const handlers = new Map<ShortcutId, Handler[]>();

/** Runs the handler of a key press, if it has one. Returns whether it did. */
export function runShortcut(press: KeyboardEvent): boolean {
  const id = shortcutOf(press);
  const handler = id === null ? undefined : handlers.get(id)?.at(-1);
  if (!handler) return false;
  press.preventDefault();
  handler();
  return true;
}

function addHandler(id: ShortcutId, handler: Handler): () => void {
  handlers.set(id, [...(handlers.get(id) ?? []), handler]);
  return () =>
    handlers.set(
      id,
      (handlers.get(id) ?? []).filter((other) => other !== handler),
    );
}

/** Gives a key its meaning for as long as the component is on screen. */
export function useShortcut(id: ShortcutId, handler: Handler, enabled = true): void {
  const run = useEffectEvent(handler);
  useEffect(() => (enabled ? addHandler(id, () => run()) : undefined), [id, enabled]);
}

/** Listens for the whole window; called once. A key that a popup has already taken is left alone. */
export function listenForShortcuts(): void {
  window.addEventListener('keydown', (press) => {
    if (!press.defaultPrevented && !press.isComposing) runShortcut(press);
  });
}
