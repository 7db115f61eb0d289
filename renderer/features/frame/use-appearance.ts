import { useEffect } from 'react';
import { useOperation } from '../../api/use-operation.ts';
import { applyAppearance } from '../../state/appearance.ts';

/** Makes the page look as the settings say, whoever changes them. */
export function useAppearance(): void {
  const { data } = useOperation('settings.get', {});
  useEffect(() => {
    if (data) applyAppearance(data);
  }, [data]);
}
