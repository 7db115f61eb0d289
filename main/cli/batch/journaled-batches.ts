import { randomUUID } from 'node:crypto';
import type { OperationInput, OperationName, OperationOutput } from '../../../contract/operations/table.ts';
import type { Core } from '../../core/app/services.ts';
import { AppError } from '../../core/lib/app-error.ts';
import type { RequestContext } from '../../core/lib/request-context.ts';
import type { Journal } from './journal.ts';

/**
 * A batch in the journal, under the key `batch <id>`. Its state is `unpaid` while it is prepared, `sent` from just before
 * its submission, and `done` when all of its results are stored or nothing was submitted.
 */
export interface JournaledBatch {
  id: string;
  /** Keys of its lines. */
  keys: string[];
  /** Milliseconds since 1970. */
  submitted_at: number;
  /** null until the submission is confirmed. */
  remote_id: string | null;
  /** The last four characters of the API key that submitted it; earlier versions did not record it. */
  key_last4?: string | null;
}

const batchKey = 'batch ';

async function batchesIn(journal: Journal, state: 'unpaid' | 'sent'): Promise<JournaledBatch[]> {
  const batches: JournaledBatch[] = [];
  for (const [key, position] of journal.positions)
    if (key.startsWith(batchKey) && position.state === state)
      batches.push((await journal.row(position)) as unknown as JournaledBatch);
  return batches;
}

/** Batches of earlier runs that may be at the provider. */
export const openBatches = (journal: Journal) => batchesIn(journal, 'sent');

/** Whether a batch of an earlier run may be at the provider. */
export const hasOpenBatch = ({ positions }: Journal) =>
  [...positions].some(([key, { state }]) => key.startsWith(batchKey) && state === 'sent');

export const recordBatch = (journal: Journal, batch: JournaledBatch, state: 'unpaid' | 'sent' | 'done') =>
  journal.add({ key: batchKey + batch.id, hash: '', state, row: { ...batch } });

/** @throws AppError the error of the operation */
export async function askCore<N extends OperationName>(
  core: Core,
  name: N,
  input: OperationInput<N>,
  more: Pick<RequestContext, 'signal' | 'beforeSubmitting'>,
): Promise<OperationOutput<N>> {
  const context = { requestId: randomUUID(), door: 'cli', ...more } as const;
  const envelope = await core.dispatcher.dispatch(name, input, context);
  if (envelope.ok) return envelope.data as OperationOutput<N>;
  throw new AppError(envelope.error.code, envelope.error.message, envelope.error.details);
}

/** Releases the money reserved for batches whose run was killed before the submission. Their lines are pending again. */
export async function releasePrepared(core: Core, journal: Journal): Promise<void> {
  for (const batch of await batchesIn(journal, 'unpaid')) {
    await askCore(core, 'batches.release', { id: batch.id }, { signal: new AbortController().signal });
    await recordBatch(journal, batch, 'done');
  }
}
