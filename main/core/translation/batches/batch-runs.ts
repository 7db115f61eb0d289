import type { ProviderBatchView } from '../../../../contract/translation.ts';
import type { BatchRow } from '../../database/translation-tables.ts';
import { AppError } from '../../lib/app-error.ts';
import { codedText } from '../../lib/coded-text.ts';
import type { BatchDelivery, BatchOrder } from '../run/run-service.ts';
import { BatchStore } from '../store/batch-store.ts';
import type { TranslationDatabase } from '../store/translation-database.ts';
import type { BatchParts } from './batch-parts.ts';
import { BatchRun } from './batch-run.ts';

/** Delivers runs as batches, and lists the batches at providers. */
export class BatchRuns implements BatchDelivery {
  readonly #parts: BatchParts;

  constructor(parts: Omit<BatchParts, 'store'>, database: TranslationDatabase) {
    this.#parts = { ...parts, store: new BatchStore(database, parts.groups) };
  }

  /**
   * Handles the last process's unfinished submissions. A prepared one is undone. One whose call may have been sent becomes
   * `unknown` and is searched for at its provider.
   */
  async recover(project: string): Promise<void> {
    const { store, now } = this.#parts;
    for (const { id, state } of await store.open(project)) {
      if (state === 'prepared') await store.undo(id);
      const reason = codedText(
        'unknown_spend',
        'batch_process_ended',
        {},
        'its process ended while it was submitted: it may be at the provider, and be paid',
      );
      if (state === 'submitting') await store.markUnknown(id, reason, now());
    }
  }

  async giveUp(project: string): Promise<void> {
    await this.#parts.store.giveUp(project);
  }

  open(order: BatchOrder): BatchRun {
    return new BatchRun(this.#parts, order);
  }

  /** A project's open batches. */
  async list(project: string): Promise<ProviderBatchView[]> {
    return (await this.#parts.store.open(project)).map(batchView);
  }

  /** True while a provider has a batch of the project that no run reads. */
  async hasUnreadBatch(project: string): Promise<boolean> {
    const latest = await this.#parts.runs.latest(project);
    if (latest?.state === 'running') return false;
    return (await this.#parts.store.open(project)).some(({ state }) => state === 'submitted');
  }

  /** @throws AppError `invalid_request` while a provider works on a batch of the project */
  async refuseWhileOpen(project: string, what: string): Promise<void> {
    const open = (await this.#parts.store.open(project)).filter(({ state }) => state === 'submitted');
    if (open.length === 0) return;
    const message = `${open.length} batches of this project are at a provider: run it once more to read or cancel them before ${what}`;
    throw new AppError('invalid_request', message);
  }
}

const timeOf = (ms: number | null) => (ms === null ? null : new Date(Number(ms)).toISOString());

function batchView(row: BatchRow): ProviderBatchView {
  const { id, provider, model, state, remote_id, remote_status, requests, completed, failed, message } = row;
  return {
    id,
    provider,
    model,
    state: state === 'unknown' ? 'unknown' : state === 'submitted' ? 'submitted' : 'preparing',
    remote_id,
    key_last4: row.key_last4 ?? null,
    remote_status,
    requests: Number(requests),
    completed: completed === null ? null : Number(completed),
    failed: failed === null ? null : Number(failed),
    bound_usd: row.bound,
    message,
    submitted_at: timeOf(row.submitted_at),
    expires_at: timeOf(row.expires_at),
  };
}
