import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BatchRow } from '../../database/translation-tables.ts';
import { AppError } from '../../lib/app-error.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import { TransportError } from '../../net/transport-error.ts';
import type { BatchClient } from '../../provider-batches/batch-client.ts';
import type { BatchedPlan } from '../../provider-batches/provider-batches.ts';
import { planRun } from '../run/plan-run.ts';
import { processOwner } from '../run/process-owner.ts';
import { programClosed } from '../run/project-run.ts';
import type { BatchOrder, DeliveredRun } from '../run/run-service.ts';
import type { RequestedEnd } from '../store/run-store.ts';
import { stateOf, type RunOutcome } from '../store/worker-store.ts';
import { withKeyOf } from '../../provider-batches/batch-key.ts';
import { batchLastsMs, clockSkewMs } from '../../provider-batches/batch-money.ts';
import { nameOf, reportOf, type BatchParts } from './batch-parts.ts';
import { BatchResults } from './batch-results.ts';
import { BatchSubmitter } from './batch-submitter.ts';

const beatMs = 10_000;
/** How long the provider is left alone between two questions: more each time, unless it says itself. */
const firstWaitMs = 5000;
const maxWaitMs = 120_000;
const waitGrowth = 1.5;
/** A batch that was not confirmed is looked for so often before the run ends without it. */
const searches = 3;
/** Questions in a row that may fail before the run waits for the user. */
const failuresInARow = 20;

interface ReachedBatch {
  row: BatchRow;
  client: BatchClient;
  plan: BatchedPlan;
}

/**
 * A run whose groups are delivered as batches: planned, submitted, asked after, and read when they have ended. It takes
 * up what an earlier run has left at a provider, on whatever machine that was, and leaves it there when it is paused.
 */
export class BatchRun implements DeliveredRun {
  readonly #parts: BatchParts;
  readonly #order: BatchOrder;
  readonly #abort = new AbortController();
  /** Wakes whoever waits for the next question. */
  readonly #woken = new AbortController();
  readonly #results: BatchResults;
  readonly #submitter: BatchSubmitter;
  readonly #id: string;
  /** How it was asked to end, by whoever: the first one is heard. */
  #asked: RequestedEnd | undefined;
  #cancelled = new Set<string>();
  #failedGroups = 0;
  #unknownGroups = 0;
  #notes: string[] = [];
  #waitMs = firstWaitMs;
  #searched = 0;
  #failures = 0;

  constructor(parts: BatchParts, order: BatchOrder) {
    this.#parts = parts;
    this.#order = order;
    this.#id = `${processOwner}/${order.run}`;
    const context = () => this.#context();
    this.#results = new BatchResults(parts, order, context);
    this.#submitter = new BatchSubmitter(parts, order, context, (ms) => this.#sleep(ms));
  }

  /** Nothing more is submitted. Paused, what is at a provider stays there; cancelled, its end is waited for. */
  stop(end: RequestedEnd): void {
    this.#asked ??= end;
    this.#woken.abort();
  }

  /** The end of what is at a provider is not waited for: the next run reads it. */
  giveUp(): void {
    this.#abort.abort();
    this.#woken.abort();
  }

  /** The program ends: what is at a provider stays there. */
  close(): Promise<void> {
    this.stop(programClosed);
    return Promise.resolve();
  }

  async run(): Promise<RunOutcome> {
    const { store, workers, signals, log, now, onProgress } = this.#parts;
    const { project, run } = this.#order;
    const beat = setInterval(() => void this.#beat(), beatMs);
    beat.unref();
    const stopListening = signals.on((signal) => {
      if (signal === 'work') void this.#beat();
    });
    try {
      await this.#beat();
      await store.adopt(project, run);
      await this.#plan();
      await this.#deliver();
    } catch (error) {
      if (!(error instanceof AppError)) log.error(`translation batches: ${String(error)}`);
      const code = error instanceof AppError ? error.code : 'internal_error';
      const reason = error instanceof Error ? error.message : String(error);
      const sum = error instanceof AppError ? error.details?.['sum_usd'] : undefined;
      const end = { code, reason, confirm_usd: typeof sum === 'number' ? sum : null };
      // How it was asked to end stays, and says why it could not do more.
      this.#asked = this.#asked ? { ...end, ...this.#asked } : { asked: 'wait', ...end };
      this.#woken.abort();
    }
    try {
      return await workers.end(run, await this.#outcome(), now());
    } finally {
      clearInterval(beat);
      stopListening();
      await workers.leave(this.#id).catch(() => {});
      onProgress();
    }
  }

  /** Says that this process is alive, and hears what others ask of the run. */
  async #beat(): Promise<void> {
    // It sends nothing for other runs: nobody leaves a group to it.
    const worker = {
      id: this.#id,
      machine: hostname(),
      run: this.#order.run,
      providers: '[]',
      groups: 0,
    };
    try {
      const found = await this.#parts.workers.heartbeat(worker, processOwner);
      // Another process that did not hear of this one has taken over.
      if (found?.state !== 'running') return this.stop({ asked: 'pause' });
      if (found.asked) this.stop({ asked: found.asked });
      if (found.asked === 'give_up') this.giveUp();
    } catch {
      // The next beat tries again; a lease lasts for several.
    }
  }

  #context(): RequestContext {
    const { project } = this.#order;
    return { requestId: randomUUID(), door: this.#order.door, signal: this.#abort.signal, stickTo: project };
  }

  async #sleep(ms: number): Promise<void> {
    const signal = this.#asked
      ? this.#abort.signal
      : AbortSignal.any([this.#woken.signal, this.#abort.signal]);
    await sleep(ms, undefined, { signal }).catch(() => {});
  }

  /** Every request is made, with its bytes and its price as part of a batch, before anything is submitted. */
  async #plan(): Promise<void> {
    await planRun(this.#parts, this.#order, this.#order.pages, {
      rowOf: (lines, kind, position) => this.#results.planGroup(lines, kind, position),
      stops: () => this.#asked !== undefined,
    });
    this.#parts.onProgress();
  }

  /** Submits what waits and reads what has ended, in turns, until nothing is left of either. */
  async #deliver(): Promise<void> {
    for (;;) {
      const isCancelled = this.#asked?.asked === 'cancel' || this.#asked?.asked === 'give_up';
      if (this.#abort.signal.aborted || (this.#asked && !isCancelled)) return;
      if (!this.#asked) await this.#submit();
      const batches = await this.#parts.store.open(this.#order.project);
      const known = batches.filter(({ state }) => state === 'submitted');
      if (known.length === 0 && (isCancelled || !this.#isWorthSearching(batches))) return;
      if (isCancelled) await this.#cancel(known);
      const ended = await this.#ask(batches);
      this.#parts.onProgress();
      // What was read may have left lines to ask for again.
      if (!ended) await this.#sleep(this.#waitMs);
    }
  }

  async #submit(): Promise<void> {
    const { store, runs } = this.#parts;
    const { project, run } = this.#order;
    const groups = await store.waiting(run);
    if (groups.length === 0) return;
    const [spent, spentOnRun, atProviders] = await Promise.all([
      runs.spent({ project }),
      runs.spent({ project, run }),
      runs.atProviders(project),
    ]);
    await this.#submitter.submit(groups, {
      project: spent + atProviders,
      run: spentOnRun + atProviders,
      atProviders,
    });
    this.#waitMs = firstWaitMs;
    this.#parts.onProgress();
  }

  #isWorthSearching(batches: readonly BatchRow[]): boolean {
    return batches.some(({ state }) => state === 'unknown') && this.#searched < searches;
  }

  async #cancel(batches: readonly BatchRow[]): Promise<void> {
    const { reached } = await this.#reach(batches.filter(({ id }) => !this.#cancelled.has(id)));
    for (const { row, client, plan } of reached) {
      if (row.remote_id === null) continue;
      await client.cancel(row.remote_id).catch((error: unknown) => {
        // One that has just ended cannot be cancelled; whether it has is asked next.
        this.#parts.log.warn(`cancel: ${this.#parts.batches.failure(error, plan.plan).message}`);
      });
      this.#cancelled.add(row.id);
    }
  }

  /**
   * Asks after each batch once; true where one has ended. One whose key is gone does not keep the others waiting.
   * @throws AppError `missing_key` where no batch is left to wait for but such
   */
  async #ask(batches: readonly BatchRow[]): Promise<boolean> {
    let [ended, waitMs] = [false, Math.min(maxWaitMs, this.#waitMs * waitGrowth)];
    if (batches.some(({ state }) => state === 'unknown')) this.#searched++;
    const { reached, missing } = await this.#reach(batches);
    for (const { row, client, plan } of reached) {
      try {
        const asked = row.state === 'unknown' ? await this.#find(row, client) : await this.#read(row, client);
        ended ||= asked.ended;
        if (asked.waitMs !== undefined) waitMs = Math.min(maxWaitMs, asked.waitMs);
        this.#failures = 0;
      } catch (error) {
        const failure = this.#parts.batches.failure(error, plan.plan);
        const mayPass = error instanceof TransportError && error.retryable;
        if (!mayPass || ++this.#failures >= failuresInARow) throw failure;
        this.#parts.log.warn(`${nameOf(row)}: ${failure.message}`);
        if (error.retryAfterMs !== undefined) waitMs = Math.min(maxWaitMs, error.retryAfterMs);
      }
    }
    if (missing && reached.length === 0) throw missing;
    this.#waitMs = waitMs;
    return ended;
  }

  async #read(row: BatchRow, client: BatchClient): Promise<{ ended: boolean; waitMs?: number | undefined }> {
    const { batch, retryAfterMs } = await client.get(row.remote_id ?? '');
    await this.#parts.store.reported(row.id, reportOf(batch));
    if (batch.state === 'running') return { ended: false, waitMs: retryAfterMs };
    const { failed, unknown, notes } = await this.#results.collect(row, batch, client);
    this.#failedGroups += failed;
    this.#unknownGroups += unknown;
    this.#notes.push(...notes);
    return { ended: true };
  }

  /** A batch that was not confirmed may be found by our id, or by the ids in its results. */
  async #find(row: BatchRow, client: BatchClient): Promise<{ ended: boolean; waitMs?: number | undefined }> {
    const { store, now } = this.#parts;
    const groups = await store.groups(row.id);
    const since = (row.submitted_at ?? row.created_at) - clockSkewMs;
    const { batch, retryAfterMs } = await client.find(row.id, since, (id) => groups.has(id));
    if (batch) await store.found(row.id, reportOf(batch), now() + batchLastsMs);
    return { ended: batch !== null, waitMs: retryAfterMs };
  }

  /** Those whose key is here, and the error for the first of the others. */
  async #reach(batches: readonly BatchRow[]): Promise<{ reached: ReachedBatch[]; missing?: AppError }> {
    const reached: ReachedBatch[] = [];
    let missing: AppError | undefined;
    for (const row of batches)
      try {
        reached.push(await this.#clientOf(row));
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'missing_key') throw error;
        missing ??= error;
      }
    return missing ? { reached, missing } : { reached };
  }

  async #clientOf(row: BatchRow): Promise<ReachedBatch> {
    const { store, batches } = this.#parts;
    const [id = ''] = (await store.groups(row.id)).keys();
    const planned = await this.#submitter.planOf((await store.group(id)) ?? { request: null });
    const plan = { ...planned, plan: withKeyOf(planned.plan, row.key_last4 ?? null, nameOf(row)) };
    return { row, client: batches.client(plan.plan, plan.protocol, this.#abort.signal), plan };
  }

  async #outcome(): Promise<RunOutcome> {
    if (this.#asked) {
      const { asked, code = null, reason = null, confirm_usd = null } = this.#asked;
      return { state: stateOf[asked], code, reason, confirm_usd };
    }
    const open = await this.#parts.store.open(this.#order.project);
    const lost = open.filter(({ state }) => state === 'unknown');
    const parts = [
      ...(lost.length
        ? [
            `${lost.length} batches were submitted and not confirmed; they may be paid and are not sent again: run again to look for them, or ask for their lines to be sent again`,
          ]
        : []),
      ...(this.#failedGroups
        ? [`${this.#failedGroups} requests failed, expired or were cancelled; run again to send their lines`]
        : []),
      ...this.#notes,
    ];
    const isUnknown = lost.length > 0 || this.#unknownGroups > 0;
    const code = isUnknown ? 'outcome_unknown' : this.#failedGroups ? 'failed_groups' : null;
    return { state: 'done', code, reason: parts.length ? parts.join('; ') : null };
  }
}
