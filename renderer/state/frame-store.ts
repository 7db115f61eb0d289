import { create } from 'zustand';

/** DRY RUN sends nothing to a provider; LIVE may cost money. */
export type Mode = 'dry' | 'live';

interface FrameState {
  mode: Mode;
  /** Banners that are dismissed until the window is closed. */
  dismissed: readonly string[];
}

/** State that only this window has. Every start begins in dry-run mode. */
export const useFrame = create<FrameState>(() => ({ mode: 'dry', dismissed: [] }));

export function setMode(mode: Mode): void {
  useFrame.setState({ mode });
}

export function toggleMode(): void {
  setMode(useFrame.getState().mode === 'dry' ? 'live' : 'dry');
}

export function dismissBanner(id: string): void {
  useFrame.setState(({ dismissed }) => ({ dismissed: [...dismissed, id] }));
}
