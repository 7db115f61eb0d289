import { create } from 'zustand';
import type { Contestant } from '../../contract/trials.ts';
import { goTo } from './view.ts';

interface Handed {
  /** The module whose sets fit; null: the current selection. */
  module: string | null;
  contestants: readonly Contestant[];
}

/** Contestants that another view handed over; they stay until the next handover. */
export const useHandedContestants = create<Handed>(() => ({ module: null, contestants: [] }));

/** Opens a new trial with these contestants. */
export function openTrials(module: string | null, contestants: readonly Contestant[]): void {
  useHandedContestants.setState({ module, contestants });
  goTo('trials');
}
