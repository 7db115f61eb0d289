import type { BatchRow } from '../../database/translation-tables.ts';
import type { RemoteBatch } from '../../../adapters/batches/protocol.ts';
import type { ProviderBatches } from '../../provider-batches/provider-batches.ts';
import type { RunOrder, RunParts } from '../run/project-run.ts';
import type { BatchReport, BatchStore } from '../store/batch-store.ts';

export interface BatchParts extends RunParts {
  batches: ProviderBatches;
  store: BatchStore;
}

export interface BatchOrder extends RunOrder {
  /** A sum in USD that the user has confirmed, whatever the limits say. */
  confirmed: number | undefined;
}

const hour = 3_600_000;

/** A provider ends a batch within 24 or 48 hours and keeps its results for weeks; after that its cost counts as unknown. */
export const batchLastsMs = 10 * 24 * hour;

/** Batches that were created so long before our clock says may still be ours. */
export const clockSkewMs = 10 * 60_000;

/** What is kept of a provider's report. */
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

/** A batch as texts for people name it. */
export const nameOf = ({
  provider,
  remote_id: remote,
  id,
}: Pick<BatchRow, 'provider' | 'remote_id' | 'id'>) => `${provider}'s batch ${remote ?? id}`;
