import { toggleMode } from '../../state/frame-store.ts';
import { viewIds, type ViewId } from '../../state/view-in-fragment.ts';
import { returnTo, useView } from '../../state/view.ts';
import { useShortcut, runNow } from '../../state/shortcuts.ts';
import { TooltipProvider } from '../../ui/tooltip.tsx';
import { Banners } from './banners.tsx';
import { OverlayLayer } from './overlay-layer.tsx';
import { PaletteLayer } from './palette-layer.tsx';
import { type View, ViewPane } from './view-pane.tsx';
import { Rail } from './rail.tsx';
import { StatusBar } from './status-bar.tsx';
import { lazy, Suspense, useEffect } from 'react';
import { useToasts } from '../../state/toasts.ts';
import type { MenuCommand } from '../../../contract/events.ts';
import { openOverlay } from '../../state/overlay.ts';

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

/** Runs the commands of the application's own menu; a browser has none. */
function useMenuCommands(): void {
  useEffect(() => window.panel?.on((event) => event.type === 'menu' && runMenuCommand(event.command)), []);
}

const Toaster = lazy(() => import('../../ui/toaster.tsx').then((m) => ({ default: m.Toaster })));

/** Toasts. Their script is loaded with the first toast and then stays. */
function Toasts() {
  const any = useToasts((state) => state.any);
  return any ? (
    <Suspense>
      <Toaster />
    </Suspense>
  ) : null;
}

/** The window: rail, panes of the current view, status bar. */
export function Frame({ views }: { views: readonly View[] }) {
  const current = useView((state) => state.view);
  const view = views.find(({ id }) => id === current);
  useShortcut('toggleMode', toggleMode);
  useMenuCommands();
  return (
    <TooltipProvider delay={500}>
      {viewIds.map((id) => (
        <ViewShortcut key={id} id={id} />
      ))}
      <div className="flex h-full flex-col">
        <Banners />
        <div className="relative flex min-h-0 flex-1">
          <Rail views={views} current={current} />
          {view && <ViewPane key={view.id} view={view} />}
        </div>
        <StatusBar />
      </div>
      <PaletteLayer />
      <OverlayLayer />
      <Toasts />
    </TooltipProvider>
  );
}

function ViewShortcut({ id }: { id: ViewId }) {
  useShortcut(id, () => returnTo(id));
  return null;
}
