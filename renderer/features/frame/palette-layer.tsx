import { lazy, Suspense, useEffect } from 'react';
import { closePalette, openPalette, usePalette } from '../../state/palette.ts';
import { useShortcut } from '../../state/shortcuts.ts';

const load = () => import('./palette/palette.tsx');
const Palette = lazy(() => load().then((m) => ({ default: m.Palette })));

/** The first frame is on screen by then. */
const settleMs = 1500;

/** The palette, above everything else. */
export function PaletteLayer() {
  const open = usePalette((state) => state.open);
  useShortcut('palette', () => (open === 'commands' ? closePalette() : openPalette('commands')));
  useShortcut('quickSwitch', () => (open === 'targets' ? closePalette() : openPalette('targets')));
  // Loads the script before the first Ctrl+K, when the window is idle.
  useEffect(() => {
    const timer = setTimeout(() => requestIdleCallback(() => void load()), settleMs);
    return () => clearTimeout(timer);
  }, []);
  return open === null ? null : (
    <Suspense>
      <Palette key={open} scope={open} />
    </Suspense>
  );
}
