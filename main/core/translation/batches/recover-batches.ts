import type { BatchStore } from '../store/batch-store.ts';

/**
 * What the last process left of its submissions. One that was only prepared is undone; one whose call may have left is
 * unknown, and looked for at its provider.
 */
export async function recoverBatches(store: BatchStore, project: string, now: number): Promise<void> {
  for (const { id, state } of await store.open(project)) {
    if (state === 'prepared') await store.undo(id);
    const why = 'its process ended while it was submitted: it may be at the provider, and be paid';
    if (state === 'submitting') await store.unknown(id, why, now);
  }
}
