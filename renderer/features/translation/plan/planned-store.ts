import { create } from 'zustand';

/** The request of a plan that the inspector shows. */
export const usePlanned = create<{ project: string | null; position: number | null }>(() => ({
  project: null,
  position: null,
}));
