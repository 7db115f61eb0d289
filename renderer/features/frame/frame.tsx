import { toggleMode } from '../../state/frame-store.ts';
import { placeIds } from '../../state/place-in-fragment.ts';
import type { PlaceId } from '../../state/place-in-fragment.ts';
import { returnTo, usePlace } from '../../state/place.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { TooltipProvider } from '../../ui/tooltip.tsx';
import { Banners } from './banners.tsx';
import { useMenuCommands } from './use-menu-commands.ts';
import { OverlayLayer } from './overlay-layer.tsx';
import { PaletteLayer } from './palette-layer.tsx';
import type { Place } from './place-view.tsx';
import { PlaceView } from './place-view.tsx';
import { Rail } from './rail.tsx';
import { StatusBar } from './status-bar.tsx';
import { Toasts } from './toasts.tsx';

/** The window: rail, panes of the current place, status bar. */
export function Frame({ places }: { places: readonly Place[] }) {
  const current = usePlace((state) => state.place);
  const place = places.find(({ id }) => id === current);
  useShortcut('toggleMode', toggleMode);
  useMenuCommands();
  return (
    <TooltipProvider delay={500}>
      {placeIds.map((id) => (
        <PlaceShortcut key={id} id={id} />
      ))}
      <div className="flex h-full flex-col">
        <Banners />
        <div className="relative flex min-h-0 flex-1">
          <Rail places={places} current={current} />
          {place && <PlaceView key={place.id} place={place} />}
        </div>
        <StatusBar />
      </div>
      <PaletteLayer />
      <OverlayLayer />
      <Toasts />
    </TooltipProvider>
  );
}

function PlaceShortcut({ id }: { id: PlaceId }) {
  useShortcut(id, () => returnTo(id));
  return null;
}
