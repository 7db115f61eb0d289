import { create } from 'zustand';
import type { RegistryView } from '../../../contract/operations/registry.ts';
import type { RuntimeAdapter } from '../../../contract/runtime-adapter.ts';
import { standingOf } from '../../api/provider-standing.ts';

/** What the Providers place shows. `removed` keeps an adapter for one undo. */
export type Selection =
  | { kind: 'provider'; name: string }
  | { kind: 'adapter'; id: string }
  | { kind: 'removed'; adapter: RuntimeAdapter }
  | { kind: 'new' }
  | { kind: 'notices' }
  | { kind: 'none' };

const useStored = create<{ selection: Selection }>(() => ({ selection: { kind: 'none' } }));

export function select(selection: Selection): void {
  useStored.setState({ selection });
}

/** The selection, or the first ready provider where nothing (or something that is gone) is selected. */
export function livingSelection({ providers, runtime }: RegistryView, selection: Selection): Selection {
  if (selection.kind === 'provider' && providers.some(({ name }) => name === selection.name))
    return selection;
  if (selection.kind === 'adapter' && runtime.some(({ adapter_id: id }) => id === selection.id))
    return selection;
  if (selection.kind === 'new' || selection.kind === 'notices' || selection.kind === 'removed')
    return selection;
  const first = providers.find((provider) => standingOf(provider) === 'ready') ?? providers[0];
  return first ? { kind: 'provider', name: first.name } : { kind: 'none' };
}

export function useSelection(registry: RegistryView | undefined): Selection {
  const selection = useStored((state) => state.selection);
  return registry ? livingSelection(registry, selection) : { kind: 'none' };
}
