import { randomUUID } from 'node:crypto';
import type { RunView } from '../../../../contract/translation.ts';
import type { RunRow } from '../../database/translation-tables.ts';
import { AppError } from '../../lib/app-error.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import type { UnitPages } from '../plan/scene-planner.ts';
import type { UnitFilter } from '../store/unit-store.ts';
import { nanoUsd } from '../../budget/ledger.ts';
import { leaseMs } from '../store/mark-sent.ts';
import type { RequestedEnd } from '../store/run-store.ts';
import type { RunOutcome } from '../store/worker-store.ts';
import { hasExited, processOwner } from './process-owner.ts';
import { ProjectRun } from './project-run.ts';
import { taskOf, type RunOrder, type RunParts } from './run-order.ts';
import type { RunWaits } from './run-waits.ts';
import { Slots } from './slots.ts';

/** The project's part of a run order. */
export type RunProject = Omit<RunOrder, 'run' | 'door'>;

export interface StartRun {
  maxUsd?: number | undefined;
  retryUnknown?: boolean | undefined;
  /** Which flagged units to retry; if undefined, the run sends new units. */
  flagged?: UnitFilter | undefined;
  /** `batch` submits provider batches, which cost less and may take a day. */
  delivery?: 'live' | 'batch' | undefined;
  /** USD of batches that may exceed the limits; must equal the sum that the refusal named. */
  confirmUsd?: number | undefined;
}

/** A run in progress, with either delivery. */
export interface DeliveredRun {
  /** Waits of live requests for rate limits. */
  readonly waits?: RunWaits;
  /** Resolves with the run's outcome; null if the run continues without this process. */
  run(): Promise<RunOutcome | null>;
  /** Starts no further request, and ends the run with `end`. */
  stop(end: RequestedEnd): void;
  /** Aborts requests in progress. */
  giveUp(): void;
  /** The program closes. */
  close(): Promise<void>;
}

/** A run that is delivered as batches. */
export interface BatchOrder extends RunOrder {
  /** Reads the units to translate, page by page. */
  pages: UnitPages;
  /** The project's limit in USD, for all its costs and its open batches; `Infinity` for none. */
  limit: number;
  /** A sum in USD that the user has confirmed to exceed the limits. */
  confirmed: number | undefined;
}

/** Delivers runs as provider batches. A batch can outlive its run. */
export interface BatchDelivery {
  /** Undoes the last process's unfinished submissions, or marks them to be searched for at the provider. */
  recover(project: string): Promise<void>;
  /** Stops searching for unknown batches: the user wants their lines sent again. */
  giveUp(project: string): Promise<void>;
  open(order: BatchOrder): DeliveredRun;
}

export interface RunServiceParts extends RunParts {
  batchDelivery: BatchDelivery;
}

interface ActiveRun {
  run: DeliveredRun;
  ended: Promise<RunOutcome | null>;
  delivery: 'live' | 'batch';
}

const pageSize = 500;
/** How long a closing process waits for replies that are already paid. */
const closeMs = 4000;

/** Starts, pauses and ends runs; at most one for each project, across all machines. */
export class RunService {
  readonly #parts: RunServiceParts;
  readonly #active = new Map<string, ActiveRun>();

  constructor(parts: RunServiceParts) {
    this.#parts = parts;
  }

  /** True while this process works on a run of the project that it started. */
  isActive(project: string): boolean {
    return this.#active.has(project);
  }

  /** The current wait of the project's run, if this process started it. */
  waitOf(project: string): RunView['waits_for'] {
    return this.#active.get(project)?.run.waits?.current ?? null;
  }

  /** @throws AppError `invalid_request` while a run of the project is in progress on any machine */
  async refuseWhileRunning(project: string, what: string): Promise<void> {
    const alive = await this.#parts.runs.isAlive(
      project,
      (owner) => hasExited(owner) && !this.isActive(project),
    );
    if (alive)
      throw new AppError('invalid_request', `a run of this project is under way: pause it before ${what}`);
  }

  /**
   * Starts a run, which continues in the background: `ended` resolves when it has ended.
   * @throws AppError `invalid_request` if a run of the project is already in progress
   */
  async start(
    order: RunProject,
    options: StartRun,
    context: RequestContext,
  ): Promise<{ row: RunRow; ended: Promise<RunOutcome | null> }> {
    const { batchDelivery, signals } = this.#parts;
    const { delivery = 'live', confirmUsd } = options;
    if (order.mock && delivery === 'batch')
      throw new AppError('invalid_request', 'an offline run sends nothing: leave "mock" or "delivery" out');
    const row = await this.#begin(order.project, options);
    await this.#recover(row, options);
    const work = { ...order, run: row.id, door: context.door, pages: this.#pagesOf(order, options) };
    const limit = await this.#storeOrder(work, options);
    signals.listenToOthers();
    const run =
      delivery === 'batch'
        ? batchDelivery.open({ ...work, limit, confirmed: confirmUsd })
        : new ProjectRun(this.#parts, { ...work, slots: new Slots(order.settings.concurrency) });
    const ended = run.run().finally(() => {
      this.#active.delete(row.project);
      this.#parts.onProgress();
    });
    // Callers that do not await `ended` read the outcome in the run's row.
    ended.catch(() => {});
    this.#active.set(row.project, { run, ended, delivery });
    return { row, ended };
  }

  /** Stores a new run's row, unless another run of the project is in progress. */
  async #begin(project: string, { maxUsd, flagged, delivery }: StartRun): Promise<RunRow> {
    const { runs, now } = this.#parts;
    await this.refuseWhileRunning(project, 'another one begins');
    const row: RunRow = {
      id: randomUUID(),
      project,
      kind: flagged ? 'retry' : 'translate',
      state: 'running',
      code: null,
      reason: null,
      max_usd: maxUsd ?? null,
      groups: 0,
      units: 0,
      asked: null,
      lease_owner: processOwner,
      lease_until: now() + leaseMs,
      started_at: now(),
      ended_at: null,
      task: null,
      planned_at: null,
      limit_nano: null,
      spent_nano: 0,
      reserved_nano: 0,
      delivery: delivery === 'batch' ? 'batch' : null,
    };
    const started = await runs.begin(row, hasExited);
    if (started) return started;
    throw new AppError(
      'invalid_request',
      'a run of this project has just begun elsewhere, or requests of its last one are still under way: try again in a minute',
    );
  }

  /** Settles what earlier runs left: lines that may have been paid are sent again only if the user asks for it. */
  async #recover({ id, project }: RunRow, { retryUnknown }: StartRun): Promise<void> {
    const { runs, now, batchDelivery } = this.#parts;
    await batchDelivery.recover(project);
    await runs.recover(project, id, now());
    if (!retryUnknown) return runs.hold(project);
    await batchDelivery.giveUp(project);
    await runs.release(project);
  }

  /**
   * Stores a run's order and spending limit, for all machines.
   * @returns the limit in USD for all costs of the project; `Infinity` for none
   */
  async #storeOrder(order: RunOrder, { maxUsd = Infinity, delivery }: StartRun): Promise<number> {
    const { runs } = this.#parts;
    const { project, settings, run } = order;
    const [spent, atProviders] = await Promise.all([runs.spent({ project }), runs.atProviders(project)]);
    // Open batches may still be billed. A batch run counts them among its own costs; a live run adds them here.
    const spentBefore = delivery === 'batch' ? spent : spent + atProviders;
    const limit = Math.min(settings.limit_usd ?? Infinity, spentBefore + maxUsd);
    await runs.prepare(run, {
      task: taskOf(order),
      limit_nano: delivery === 'batch' || limit === Infinity ? null : nanoUsd(limit),
      spent_nano: nanoUsd(spentBefore),
    });
    return limit;
  }

  #pagesOf({ project, mock }: RunProject, { flagged }: StartRun): UnitPages {
    const { units } = this.#parts;
    return flagged
      ? (after) => units.flagged(project, after, pageSize, flagged)
      : (after) => units.pending(project, after, pageSize, mock);
  }

  /** Ends the project's run on all machines, after its requests in progress. */
  async stop(project: string, how: 'pause' | 'cancel', giveUp = false): Promise<void> {
    const asked = giveUp ? 'give_up' : how;
    const active = this.#active.get(project);
    if (!active) {
      const latest = await this.#parts.runs.latest(project);
      if (latest?.state !== 'running') return;
      await this.#parts.runs.requestEnd(latest.id, { asked });
      await this.#parts.workers.tryEnd(latest.id, this.#parts.now());
      this.#parts.signals.send('work');
      return;
    }
    active.run.stop({ asked });
    if (giveUp) active.run.giveUp();
    // A provider takes minutes to cancel a batch, so this call does not wait; the run's state shows the end.
    if (active.delivery === 'batch' && how === 'cancel' && !giveUp) return;
    await active.ended;
  }

  /** Pauses every run that only this process works on, after up to `closeMs` for replies in progress. */
  async close(): Promise<void> {
    const all = [...this.#active.values()];
    if (all.length === 0) return;
    await Promise.all(all.map(({ run }) => run.close()));
    const timer = setTimeout(() => {
      for (const { run } of all) run.giveUp();
    }, closeMs);
    await Promise.allSettled(all.map(({ ended }) => ended));
    clearTimeout(timer);
  }
}
