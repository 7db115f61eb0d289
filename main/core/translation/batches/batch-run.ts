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

const heartbeatMs = 10_000;
/** Time between two polls of the provider. It grows with each poll, unless the provider sets it. */
const firstWaitMs = 5000;
const maxWaitMs = 120_000;
const waitGrowth = 1.5;
/** How often an unconfirmed batch is searched for before the run ends without it. */
const maxSearches = 3;
/** After this many failed polls in a row, the run waits for the user. */
const maxFailuresInARow = 20;

interface ReachedBatch {
  row: BatchRow;
  client: BatchClient;
  plan: BatchedPlan;
}

interface PollResult {
  ended: boolean;
  /** How long the provider asks to wait before the next poll. */
  waitMs?: number | undefined;
}

/**
 * A run that delivers its groups as batches: it plans and submits them, polls them, and reads the results of ended ones.
 * It also continues open batches of earlier runs, from any machine. A paused run leaves its batches at the provider.
 */
export class BatchRun implements DeliveredRun {
  readonly #parts: BatchParts;
  readonly #order: BatchOrder;
  readonly #abort = new AbortController();
  /** Ends the wait before the next poll. */
  readonly #wake = new AbortController();
  readonly #results: BatchResults;
  readonly #submitter: BatchSubmitter;
  readonly #id: string;
  /** How the run was asked to end; the first request counts. */
  #requestedEnd: RequestedEnd | undefined;
  #cancelled = new Set<string>();
  #failedGroups = 0;
  #unknownGroups = 0;
  #notes: string[] = [];
  #waitMs = firstWaitMs;
  #searches = 0;
  #failures = 0;

  constructor(parts: BatchParts, order: BatchOrder) {
    this.#parts = parts;
    this.#order = order;
    this.#id = `${processOwner}/${order.run}`;
    const context = () => this.#context();
    this.#results = new BatchResults(parts, order, context);
    this.#submitter = new BatchSubmitter(parts, order, context, (ms) => this.#sleep(ms));
  }

  /** Submits no further batch. A pause leaves open batches at the provider; a cancel waits until they have ended. */
  stop(end: RequestedEnd): void {
    this.#requestedEnd ??= end;
    this.#wake.abort();
  }

  /** Does not wait for open batches; the next run reads them. */
  giveUp(): void {
    this.#abort.abort();
    this.#wake.abort();
  }

  /** The program closes; open batches stay at the provider. */
  close(): Promise<void> {
    this.stop(programClosed);
    return Promise.resolve();
  }

  async run(): Promise<RunOutcome> {
    const { store, workers, signals, log, now, onProgress } = this.#parts;
    const { project, run } = this.#order;
    const timer = setInterval(() => void this.#heartbeat(), heartbeatMs);
    timer.unref();
    const stopListening = signals.on((signal) => {
      if (signal === 'work') void this.#heartbeat();
    });
    try {
      await this.#heartbeat();
      await store.adopt(project, run);
      await this.#plan();
      await this.#deliver();
    } catch (error) {
      if (!(error instanceof AppError)) log.error(`translation batches: ${String(error)}`);
      const code = error instanceof AppError ? error.code : 'internal_error';
      const reason = error instanceof Error ? error.message : String(error);
      const sum = error instanceof AppError ? error.details?.['sum_usd'] : undefined;
      const end = { code, reason, confirm_usd: typeof sum === 'number' ? sum : null };
      // An earlier request to end keeps its kind and reason; the error fills in what that request leaves out.
      this.#requestedEnd = this.#requestedEnd ? { ...end, ...this.#requestedEnd } : { asked: 'wait', ...end };
      this.#wake.abort();
    }
    try {
      return await workers.end(run, await this.#outcome(), now());
    } finally {
      clearInterval(timer);
      stopListening();
      await workers.leave(this.#id).catch(() => {});
      onProgress();
    }
  }

  /** Reports that this process is alive, and reads whether the run is to end. */
  async #heartbeat(): Promise<void> {
    // Without providers, because this process sends nothing for live runs: no process leaves a group to it.
    const worker = {
      id: this.#id,
      machine: hostname(),
      run: this.#order.run,
      providers: '[]',
      groups: 0,
    };
    try {
      const current = await this.#parts.workers.heartbeat(worker, processOwner);
      // Another process missed this one's heartbeats and has taken over.
      if (current?.state !== 'running') return this.stop({ asked: 'pause' });
      if (current.asked) this.stop({ asked: current.asked });
      if (current.asked === 'give_up') this.giveUp();
    } catch {
      // The next heartbeat tries again; a lease lasts for several of them.
    }
  }

  #context(): RequestContext {
    const { project } = this.#order;
    return { requestId: randomUUID(), door: this.#order.door, signal: this.#abort.signal, stickTo: project };
  }

  async #sleep(ms: number): Promise<void> {
    const signal = this.#requestedEnd
      ? this.#abort.signal
      : AbortSignal.any([this.#wake.signal, this.#abort.signal]);
    await sleep(ms, undefined, { signal }).catch(() => {});
  }

  /** Plans all requests with their bytes and batch prices before the first batch is submitted. */
  async #plan(): Promise<void> {
    await planRun(this.#parts, this.#order, this.#order.pages, {
      rowOf: (lines, kind, position) => this.#results.planGroup(lines, kind, position),
      stops: () => this.#requestedEnd !== undefined,
    });
    this.#parts.onProgress();
  }

  /** Submits waiting groups and reads ended batches in turns, until there are none. */
  async #deliver(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      const asked = this.#requestedEnd?.asked;
      const isCancelled = asked === 'cancel' || asked === 'give_up';
      if (asked && !isCancelled) return;
      if (!asked) await this.#submit();
      const batches = await this.#parts.store.open(this.#order.project);
      const submitted = batches.filter(({ state }) => state === 'submitted');
      if (submitted.length === 0 && (isCancelled || !this.#mayStillFind(batches))) return;
      if (isCancelled) await this.#cancel(submitted);
      const hasEnded = await this.#poll(batches);
      this.#parts.onProgress();
      // An ended batch may have follow-up groups, which are submitted without a wait.
      if (!hasEnded) await this.#sleep(this.#waitMs);
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

  #mayStillFind(batches: readonly BatchRow[]): boolean {
    return batches.some(({ state }) => state === 'unknown') && this.#searches < maxSearches;
  }

  async #cancel(batches: readonly BatchRow[]): Promise<void> {
    const { reached } = await this.#reach(batches.filter(({ id }) => !this.#cancelled.has(id)));
    for (const { row, client, plan } of reached) {
      if (row.remote_id === null) continue;
      await client.cancel(row.remote_id).catch((error: unknown) => {
        // A batch that has just ended cannot be cancelled; the next poll finds out.
        this.#parts.log.warn(`cancel: ${this.#parts.batches.failure(error, plan.plan).message}`);
      });
      this.#cancelled.add(row.id);
    }
  }

  /**
   * Polls each batch once. A batch whose key is missing does not delay the others.
   * @returns true if a batch has ended
   * @throws AppError `missing_key` if the keys of all open batches are missing
   */
  async #poll(batches: readonly BatchRow[]): Promise<boolean> {
    if (batches.some(({ state }) => state === 'unknown')) this.#searches++;
    const { reached, missing } = await this.#reach(batches);
    if (missing && reached.length === 0) throw missing;
    this.#waitMs = Math.min(maxWaitMs, this.#waitMs * waitGrowth);
    let hasEnded = false;
    for (const batch of reached) {
      const { ended, waitMs } = await this.#pollBatch(batch);
      hasEnded ||= ended;
      if (waitMs !== undefined) this.#waitMs = Math.min(maxWaitMs, waitMs);
    }
    return hasEnded;
  }

  /** @throws AppError if the poll failed and a retry is useless, or too many polls in a row have failed */
  async #pollBatch({ row, client, plan }: ReachedBatch): Promise<PollResult> {
    try {
      const result = await (row.state === 'unknown' ? this.#find(row, client) : this.#read(row, client));
      this.#failures = 0;
      return result;
    } catch (error) {
      const failure = this.#parts.batches.failure(error, plan.plan);
      const mayPass = error instanceof TransportError && error.retryable;
      if (!mayPass || ++this.#failures >= maxFailuresInARow) throw failure;
      this.#parts.log.warn(`${nameOf(row)}: ${failure.message}`);
      return { ended: false, waitMs: error.retryAfterMs };
    }
  }

  async #read(row: BatchRow, client: BatchClient): Promise<PollResult> {
    const { batch, retryAfterMs } = await client.get(row.remote_id ?? '');
    await this.#parts.store.saveReport(row.id, reportOf(batch));
    if (batch.state === 'running') return { ended: false, waitMs: retryAfterMs };
    const { failed, unknown, notes } = await this.#results.collect(row, batch, client);
    this.#failedGroups += failed;
    this.#unknownGroups += unknown;
    this.#notes.push(...notes);
    return { ended: true };
  }

  /** Searches for an unconfirmed batch at the provider, by our batch id or by the group ids in its results. */
  async #find(row: BatchRow, client: BatchClient): Promise<PollResult> {
    const { store, now } = this.#parts;
    const groups = await store.groups(row.id);
    const since = (row.submitted_at ?? row.created_at) - clockSkewMs;
    const { batch, retryAfterMs } = await client.find(row.id, since, (id) => groups.has(id));
    if (batch) await store.markFound(row.id, reportOf(batch), now() + batchLastsMs);
    return { ended: batch !== null, waitMs: retryAfterMs };
  }

  /** Returns the batches whose key is available, and the error for the first of the others. */
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
    if (this.#requestedEnd) {
      const { asked, code = null, reason = null, confirm_usd = null } = this.#requestedEnd;
      return { state: stateOf[asked], code, reason, confirm_usd };
    }
    const open = await this.#parts.store.open(this.#order.project);
    const lost = open.filter(({ state }) => state === 'unknown');
    const reasons = [...this.#notes];
    if (this.#failedGroups)
      reasons.unshift(
        `${this.#failedGroups} requests failed, expired or were cancelled; run again to send their lines`,
      );
    if (lost.length)
      reasons.unshift(
        `${lost.length} batches were submitted and not confirmed; they may be paid and are not sent again: run again to look for them, or ask for their lines to be sent again`,
      );
    const isUnknown = lost.length > 0 || this.#unknownGroups > 0;
    const code = isUnknown ? 'outcome_unknown' : this.#failedGroups ? 'failed_groups' : null;
    return { state: 'done', code, reason: reasons.join('; ') || null };
  }
}
