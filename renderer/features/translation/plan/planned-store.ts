import { create } from 'zustand';

/** Which request of which plan is in the inspector. */
export const usePlanned = create<{ project: string | null; position: number | null }>(() => ({
  project: null,
  position: null,
}));
