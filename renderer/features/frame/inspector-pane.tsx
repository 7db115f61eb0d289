import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { messages } from '../../messages.ts';
import { toggleInspector, useInspector } from '../../state/inspector.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { clsx } from 'clsx';
import { IconButton } from '../../ui/icon-button.tsx';

/** The right pane; in a narrow window a drawer over the work pane. */
export function InspectorPane({ children }: { children: ReactNode }) {
  const { isDrawer, toggle } = useInspector();
  useShortcut('cancel', toggle, isDrawer);
  return (
    <aside
      aria-label={messages.frame.inspector}
      className={clsx(
        'flex min-w-0 flex-col bg-canvas',
        isDrawer ? 'absolute inset-y-0 right-0 z-20 w-90 border-l border-line shadow-pop' : 'flex-1',
      )}
    >
      <header className="flex h-10 shrink-0 items-center gap-2 border-b border-line pr-1.5 pl-3">
        <h2 className="flex-1 font-medium">{messages.frame.inspector}</h2>
        <IconButton
          icon={X}
          label={messages.frame.closeInspector}
          shortcut="toggleInspector"
          onClick={toggle}
        />
      </header>
      <div className="flex min-h-0 flex-1 flex-col">{children}</div>
    </aside>
  );
}

/** The inspector's keyboard shortcut, open or not. */
export function InspectorKey() {
  useShortcut('toggleInspector', toggleInspector);
  return null;
}
