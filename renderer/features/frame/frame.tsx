import { toggleMode } from '../../state/frame-store.ts';
import { goTo, usePlace } from '../../state/place.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { TooltipProvider } from '../../ui/tooltip.tsx';
import { Banners } from './banners.tsx';
import type { Place } from './place-view.tsx';
import { PlaceView } from './place-view.tsx';
import { Rail } from './rail.tsx';
import { StatusBar } from './status-bar.tsx';

/** The window: rail, panes of the current place, status bar. */
export function Frame({ places }: { places: readonly Place[] }) {
  const current = usePlace((state) => state.place);
  const place = places.find(({ id }) => id === current);
  useShortcut('toggleMode', toggleMode);
  useShortcut('bench', () => goTo('bench'));
  useShortcut('providers', () => goTo('providers'));
  useShortcut('settings', () => goTo('settings'));
  return (
    <TooltipProvider delay={500}>
      <div className="flex h-full flex-col">
        <Banners />
        <div className="relative flex min-h-0 flex-1">
          <Rail places={places} current={current} />
          {place && <PlaceView key={place.id} place={place} />}
        </div>
        <StatusBar />
      </div>
    </TooltipProvider>
  );
}
