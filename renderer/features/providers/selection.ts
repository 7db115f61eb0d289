import { create } from 'zustand';

/** What the Providers place shows: a provider, a runtime adapter, or the form for a new one. */
export type Selection =
  | { kind: 'provider'; name: string }
  | { kind: 'adapter'; id: string }
  | { kind: 'new' }
  | { kind: 'none' };

export const useSelection = create<{ selection: Selection }>(() => ({ selection: { kind: 'none' } }));

export function select(selection: Selection): void {
  useSelection.setState({ selection });
}
