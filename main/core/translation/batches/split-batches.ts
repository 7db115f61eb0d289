import type { GroupRow } from '../../database/translation-tables.ts';

export interface SplitLimits {
  requests: number;
  bytes: number;
  /** Bytes of a request in addition to its body. */
  requestOverhead: number;
}

/**
 * Splits groups into batches. Each batch has one provider and one model, and is within the provider's limits.
 * @param limitsOf returns the limits of a group's provider
 */
export function splitBatches(
  groups: readonly GroupRow[],
  limitsOf: (group: GroupRow) => SplitLimits,
): { groups: GroupRow[]; bytes: number }[] {
  const batches: { groups: GroupRow[]; bytes: number }[] = [];
  const filling = new Map<string, { groups: GroupRow[]; bytes: number }>();
  for (const group of groups) {
    const target = `${group.provider}\n${group.model}`;
    const limits = limitsOf(group);
    const bytes = group.body_bytes + limits.requestOverhead;
    let batch = filling.get(target);
    const isFull = batch && (batch.groups.length >= limits.requests || batch.bytes + bytes > limits.bytes);
    if (!batch || isFull) {
      batch = { groups: [], bytes: 0 };
      batches.push(batch);
      filling.set(target, batch);
    }
    batch.groups.push(group);
    batch.bytes += bytes;
  }
  return batches;
}
