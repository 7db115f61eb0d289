import { useEffect } from 'react';
import type { MenuCommand } from '../../../contract/events.ts';
import { openOverlay } from '../../state/overlay.ts';
import { runNow } from '../../state/shortcuts.ts';

function isTextField(element: Element | null): boolean {
  // The code editor is in a shadow tree.
  const inner = element?.shadowRoot?.activeElement ?? element;
  return inner?.matches('input, textarea, [contenteditable="true"]') ?? false;
}

function runMenuCommand(command: MenuCommand): void {
  if (command === 'changes') openOverlay('changes');
  else if (command === 'undo' && isTextField(document.activeElement)) document.execCommand('undo');
  else runNow(command);
}

/** Does what is chosen in the application's own menu; a browser has none. */
export function useMenuCommands(): void {
  useEffect(() => window.panel?.on((event) => event.type === 'menu' && runMenuCommand(event.command)), []);
}
