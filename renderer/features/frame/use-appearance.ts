import { useEffect } from 'react';
import type { PanelSettings } from '../../../contract/settings.ts';
import { useOperation } from '../../api/use-operation.ts';

function apply({ theme, text_size: size }: PanelSettings): void {
  const page = document.documentElement;
  if (theme === 'system') delete page.dataset.theme;
  else page.dataset.theme = theme;
  page.style.fontSize = size === 100 ? '' : `${size}%`;
}

/** Makes the page look as the settings say. */
export function useAppearance(): void {
  const { data } = useOperation('settings.get', {});
  useEffect(() => {
    if (data) apply(data);
  }, [data]);
}
