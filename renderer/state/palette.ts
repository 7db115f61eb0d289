import { create } from 'zustand';

/** All commands (Ctrl+K), or only the target of the next message (Ctrl+P). */
export type PaletteScope = 'commands' | 'targets';

export const usePalette = create<{ open: PaletteScope | null }>(() => ({ open: null }));

export function openPalette(scope: PaletteScope): void {
  performance.mark('palette-asked');
  usePalette.setState({ open: scope });
}

export function closePalette(): void {
  usePalette.setState({ open: null });
}
