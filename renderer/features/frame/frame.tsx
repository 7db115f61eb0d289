import { toggleMode } from '../../state/frame-store.ts';
import { viewIds } from '../../state/view-in-fragment.ts';
import type { ViewId } from '../../state/view-in-fragment.ts';
import { returnTo, useView } from '../../state/view.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { TooltipProvider } from '../../ui/tooltip.tsx';
import { Banners } from './banners.tsx';
import { useMenuCommands } from './use-menu-commands.ts';
import { OverlayLayer } from './overlay-layer.tsx';
import { PaletteLayer } from './palette-layer.tsx';
import type { View } from './view-pane.tsx';
import { ViewPane } from './view-pane.tsx';
import { Rail } from './rail.tsx';
import { StatusBar } from './status-bar.tsx';
import { Toasts } from './toasts.tsx';

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
