import { lazy, Suspense, useEffect } from 'react';
import { closePalette, openPalette, usePalette } from '../../state/palette.ts';
import { useShortcut } from '../../state/shortcuts.ts';

const load = () => import('./palette/palette.tsx');
const Palette = lazy(() => load().then((m) => ({ default: m.Palette })));

/** By then the first frame is on the screen. */
const settleMs = 1500;

/** The palette over everything else. */
export function PaletteLayer() {
  const open = usePalette((state) => state.open);
  useShortcut('palette', () => (open === 'commands' ? closePalette() : openPalette('commands')));
  useShortcut('quickSwitch', () => (open === 'targets' ? closePalette() : openPalette('targets')));
  // Ahead of the first Ctrl+K, once the window has nothing better to do.
  useEffect(() => {
    const later = setTimeout(() => requestIdleCallback(() => void load()), settleMs);
    return () => clearTimeout(later);
  }, []);
  return open === null ? null : (
    <Suspense>
      <Palette key={open} scope={open} />
    </Suspense>
  );
}
