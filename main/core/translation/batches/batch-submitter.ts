import { randomUUID } from 'node:crypto';
import type { BatchInput } from '../../../adapters/batches/protocol.ts';
import type { BatchRow, GroupRow } from '../../database/translation-tables.ts';
import { AppError } from '../../lib/app-error.ts';
import { codedText } from '../../lib/coded-text.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import { batchLastsMs, batchOverLimit, confirmable, limitText } from '../../provider-batches/batch-money.ts';
import { keyLast4 } from '../../provider-batches/batch-key.ts';
import type { BatchedPlan } from '../../provider-batches/provider-batches.ts';
import { storedRequest } from '../plan/scene-request.ts';
import type { BatchOrder } from '../run/run-service.ts';
import { reportOf, type BatchParts } from './batch-parts.ts';
import { splitBatches } from './split-batches.ts';

/** The result of a submission. */
export interface Submitted {
  /** Number of batches whose creation was not confirmed. */
  unknown: number;
}

/** USD spent so far, plus the upper bounds of open batches. */
export interface BatchSpending {
  project: number;
  run: number;
  /** Only the upper bounds of open batches. */
  atProviders: number;
}

interface NewBatch {
  row: BatchRow;
  groups: GroupRow[];
  first: BatchedPlan;
}

/** Submits waiting groups to their provider as batches. Money for all batches is reserved before the first is submitted. */
export class BatchSubmitter {
  readonly #parts: BatchParts;
  readonly #order: BatchOrder;
  readonly #context: () => RequestContext;
  readonly #wait: (ms: number) => Promise<void>;

  constructor(
    parts: BatchParts,
    order: BatchOrder,
    context: () => RequestContext,
    wait: (ms: number) => Promise<void>,
  ) {
    this.#parts = parts;
    this.#order = order;
    this.#context = context;
    this.#wait = wait;
  }

  /**
   * @throws AppError `budget_exceeded`, which names the sum, before anything is sent; the provider's error if it refuses a
   * batch
   */
  async submit(groups: readonly GroupRow[], spent: BatchSpending): Promise<Submitted> {
    const plans = new Map<string, BatchedPlan>();
    for (const group of groups) {
      const target = targetOf(group);
      if (!plans.has(target)) plans.set(target, await this.planOf(group));
    }
    const planOf = (group: GroupRow) => plans.get(targetOf(group)) as BatchedPlan;
    const { batches } = this.#parts;
    const parts = splitBatches(groups, (group) => batches.limitsOf(planOf(group).protocol));
    const sum = groups.reduce((usd, { bound }) => usd + (bound ?? 0), 0);
    // The user confirms this sum: a batch run counts open batches among its own costs.
    const sumToConfirm = sum + spent.atProviders;
    const isConfirmed = this.#checkLimits(sum, sumToConfirm, spent);
    const prepared: NewBatch[] = [];
    try {
      for (const part of parts) {
        const [group] = part.groups;
        if (!group) continue;
        const first = planOf(group);
        const batch = { row: this.#row(part.groups, part.bytes, first), groups: part.groups, first };
        prepared.push(batch);
        await this.#reserve(batch, isConfirmed, sumToConfirm);
      }
    } catch (error) {
      for (const { row } of prepared) await this.#parts.store.undo(row.id);
      throw error;
    }
    let unknown = 0;
    for (const [at, batch] of prepared.entries()) {
      try {
        if (!(await this.#send(batch))) unknown++;
      } catch (error) {
        // Refused or never sent: the groups of this batch and of the later ones wait again.
        for (const { row } of prepared.slice(at)) await this.#parts.store.undo(row.id);
        throw error;
      }
    }
    return { unknown };
  }

  /** Plans a group's request for a batch. */
  async planOf(group: Pick<GroupRow, 'request'>): Promise<BatchedPlan> {
    const { planner, batches } = this.#parts;
    const { plan, call } = await planner.planRequest(storedRequest(group), this.#context());
    return batches.prepare(plan, call);
  }

  #row(groups: readonly GroupRow[], bytes: number, { plan }: BatchedPlan): BatchRow {
    const [first] = groups;
    return {
      id: randomUUID(),
      project: this.#order.project,
      run: this.#order.run,
      provider: first?.provider ?? '',
      model: first?.model ?? '',
      state: 'prepared',
      remote_id: null,
      file: null,
      requests: groups.length,
      bytes,
      bound: groups.reduce((usd, { bound }) => usd + (bound ?? 0), 0),
      remote_status: null,
      completed: null,
      failed: null,
      message: null,
      created_at: this.#parts.now(),
      submitted_at: null,
      expires_at: null,
      ended_at: null,
      key_last4: keyLast4(plan),
    };
  }

  /** True if the user has confirmed the sum, which then may exceed the limits. */
  #checkLimits(sum: number, sumToConfirm: number, spent: BatchSpending): boolean {
    const { confirmed, limit } = this.#order;
    const isConfirmed = confirmed !== undefined && spent.run + sum <= confirmed + 1e-9;
    const isExact = spent.run > 0 || confirmed === confirmable(sumToConfirm);
    if (isConfirmed && isExact) return true;
    if (spent.project + sum > limit)
      throw batchOverLimit(
        sumToConfirm,
        `with $${spent.project.toFixed(4)} spent or at a provider it passes the limit of $${limit}`,
      );
    return false;
  }

  async #reserve({ row, groups, first }: NewBatch, confirmed: boolean, sumToConfirm: number): Promise<void> {
    const { batches, store } = this.#parts;
    await store.prepare(row, groups);
    const { module } = first.plan.resolved;
    const subject = {
      provider: row.provider,
      model: row.model,
      module: module?.name ?? null,
      requestId: this.#context().requestId,
    };
    const bounds = groups.map(({ bound }) => bound ?? 0);
    try {
      await batches.reserve({ id: row.id, bounds, subject, confirmed, lastsMs: batchLastsMs });
    } catch (error) {
      const isLimit = error instanceof AppError && error.code === 'budget_exceeded';
      if (!isLimit) throw error;
      throw batchOverLimit(sumToConfirm, limitText(error.details ?? {}), error.details);
    }
  }

  /** False if it is unknown whether the provider accepted the batch. */
  async #send({ row, groups, first }: NewBatch): Promise<boolean> {
    const { batches, store, now } = this.#parts;
    const { plan, protocol } = first;
    const client = batches.client(plan, protocol, this.#context().signal);
    const input: BatchInput = {
      reference: row.id,
      model: plan.model.wireId,
      requests: groups.map(({ id, body }) => ({ id, body: body ?? '' })),
    };
    let file: string;
    try {
      file = await client.upload(input, this.#wait);
    } catch (error) {
      throw batches.failure(error, plan);
    }
    if (!(await store.markSubmitting(row.id, file, now())))
      throw new AppError('invalid_request', 'another process has taken this run over: nothing was submitted');
    const created = await client.create(input, file);
    switch (created.what) {
      case 'taken':
        await store.saveReport(row.id, reportOf(created.batch));
        return true;
      case 'refused':
        throw batches.failure(created.error, plan);
      case 'lost': {
        const { message } = batches.failure(created.error, plan);
        const text = `it was submitted and not confirmed (${message}): it may be at the provider, and be paid`;
        const reason = codedText('unknown_spend', 'batch_not_confirmed', { message }, text);
        await store.markUnknown(row.id, reason, now());
        return false;
      }
    }
  }
}

const targetOf = ({ provider, model }: GroupRow) => `${provider}\n${model}`;
