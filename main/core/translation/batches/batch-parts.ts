import type { BatchRow } from '../../database/translation-tables.ts';
import type { RemoteBatch } from '../../../adapters/batches/protocol.ts';
import type { ProviderBatches } from '../../provider-batches/provider-batches.ts';
import type { RunParts } from '../run/run-order.ts';
import type { BatchReport, BatchStore } from '../store/batch-store.ts';

export interface BatchParts extends RunParts {
  batches: ProviderBatches;
  store: BatchStore;
}

/** The stored part of a provider's report on a batch. */
export function reportOf(batch: RemoteBatch): BatchReport {
  return {
    remote_id: batch.id,
    remote_status: batch.status,
    completed: batch.completed,
    failed: batch.failed,
    expires_at: batch.expiresAt,
    message: batch.message,
  };
}

/** A batch's name in messages. */
export const nameOf = ({
  provider,
  remote_id: remote,
  id,
}: Pick<BatchRow, 'provider' | 'remote_id' | 'id'>) => `${provider}'s batch ${remote ?? id}`;
