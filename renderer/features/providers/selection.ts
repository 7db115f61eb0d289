import type { RegistryView } from '../../../contract/operations/registry.ts';
import { goTo, usePath } from '../../state/view.ts';
import type { Selection, TabId } from './selection-in-path.ts';
import { selectionIn } from './selection-in-path.ts';

/** Shows a provider or adapter in the Providers view; Back returns to the previous selection. */
export function select(name: string, tab?: TabId): void {
  goTo('providers', name, ...(tab ? [tab] : []));
}

/** Shows a page of the Providers view that is not a provider. */
export function selectPage(
  kind: 'new' | 'paste' | 'service' | 'news' | 'local' | 'models' | 'notices',
): void {
  goTo('providers', `+${kind}`);
}

export function useSelection(registry: RegistryView | undefined): Selection {
  const path = usePath();
  return registry ? selectionIn(registry, path) : { kind: 'none' };
}
