import { lazy, Suspense, useEffect } from 'react';
import { closePalette, openPalette, usePalette } from '../../state/palette.ts';
import { useShortcut } from '../../state/shortcuts.ts';

const load = () => import('./palette/palette.tsx');
const Palette = lazy(() => load().then((m) => ({ default: m.Palette })));

/** The palette over everything else. */
export function PaletteLayer() {
  const open = usePalette((state) => state.open);
  useShortcut('palette', () => (open === 'commands' ? closePalette() : openPalette('commands')));
  useShortcut('quickSwitch', () => (open === 'targets' ? closePalette() : openPalette('targets')));
  // Ahead of the first Ctrl+K, once the window has nothing better to do.
  useEffect(() => void requestIdleCallback(() => void load(), { timeout: 5000 }), []);
  return open === null ? null : (
    <Suspense>
      <Palette key={open} scope={open} />
    </Suspense>
  );
}
