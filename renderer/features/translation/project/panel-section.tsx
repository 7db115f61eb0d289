import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { messages } from '../../../messages.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { closePanel, usePanel } from './open-panel.ts';

interface PanelSectionProps {
  title: string;
  className?: string;
  children: ReactNode;
}

/**
 * The frame of a panel between a project's header and its tabs. It takes the focus when the user opens it, and
 * gives it back when it closes.
 */
export function PanelSection({ title, className = '', children }: PanelSectionProps) {
  const section = useRef<HTMLElement>(null);
  const opener = useRef<Element>(null);
  const takesFocus = usePanel((state) => state.takesFocus);
  useShortcut('cancel', closePanel);
  useEffect(() => {
    if (!takesFocus) return;
    opener.current = document.activeElement;
    section.current?.focus({ preventScroll: true });
    usePanel.setState({ takesFocus: false });
  }, [takesFocus]);
  useEffect(
    () => () => {
      const isLost = document.activeElement === document.body;
      if (isLost && opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true });
    },
    [],
  );
  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-label={title}
      className={`shrink-0 border-y border-line bg-panel px-4 py-2.5 outline-none ${className}`}
    >
      <header className="flex items-center gap-2">
        <h2 className="flex-1 font-medium">{title}</h2>
        <IconButton icon={X} label={messages.ui.close} onClick={closePanel} />
      </header>
      {children}
    </section>
  );
}
