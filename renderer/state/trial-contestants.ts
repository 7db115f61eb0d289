import { create } from 'zustand';
import type { Contestant } from '../../contract/trials.ts';
import { goTo } from './view.ts';

interface Handed {
  /** The module whose sets fit; null: whatever is chosen. */
  module: string | null;
  contestants: readonly Contestant[];
}

/** What another place wants compared; it stays until something else is handed over. */
export const useHandedContestants = create<Handed>(() => ({ module: null, contestants: [] }));

/** Goes to a new trial with these taking part. */
export function openTrials(module: string | null, contestants: readonly Contestant[]): void {
  useHandedContestants.setState({ module, contestants });
  goTo('trials');
}
