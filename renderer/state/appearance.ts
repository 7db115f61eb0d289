import type { PanelSettings } from '../../contract/settings.ts';
import { followWidth } from './inspector.ts';

type Appearance = Pick<PanelSettings, 'theme' | 'text_size'>;

const storageKey = 'panel-appearance';

function paint({ theme, text_size: size }: Appearance): void {
  const page = document.documentElement;
  if (theme === 'system') delete page.dataset.theme;
  else page.dataset.theme = theme;
  page.style.fontSize = size === 100 ? '' : `${size}%`;
  followWidth(size / 100);
}

/** Applies the settings to the page, and stores them for the next start. */
export function applyAppearance({ theme, text_size }: PanelSettings): void {
  paint({ theme, text_size });
  window.localStorage.setItem(storageKey, JSON.stringify({ theme, text_size }));
}

/**
 * Applies the last appearance until the settings have loaded, so that a dark panel does not start with a
 * white flash.
 */
export function applyLastAppearance(): void {
  try {
    const last = JSON.parse(window.localStorage.getItem(storageKey) ?? 'null') as Partial<Appearance> | null;
    paint({ theme: last?.theme ?? 'system', text_size: Number(last?.text_size ?? 100) });
  } catch {
    paint({ theme: 'system', text_size: 100 });
  }
}
