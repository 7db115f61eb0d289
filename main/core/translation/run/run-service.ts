import { randomUUID } from 'node:crypto';
import type { RunView } from '../../../../contract/translation.ts';
import type { RunRow } from '../../database/translation-tables.ts';
import { AppError } from '../../lib/app-error.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import type { CheckRules } from '../checks/check-translation.ts';
import type { PlanOrder, UnitPages } from '../plan/scene-planner.ts';
import type { PendingUnit, UnitFilter } from '../store/unit-store.ts';
import { nanoUsd } from '../../budget/ledger.ts';
import { leaseMs } from '../store/mark-sent.ts';
import type { AskedEnd } from '../store/run-store.ts';
import type { RunOutcome } from '../store/worker-store.ts';
import { isOver, processOwner } from './process-owner.ts';
import { ProjectRun } from './project-run.ts';
import { taskOf, type RunOrder, type RunParts } from './run-order.ts';
import type { RunWaits } from './run-waits.ts';
import { Slots } from './slots.ts';

/** What a run needs to know of its project. */
export interface RunProject extends PlanOrder {
  rulesOf(unit: PendingUnit): CheckRules;
}

export interface StartRun {
  maxUsd?: number | undefined;
  retryUnknown?: boolean | undefined;
  /** Flagged units to ask for again; without it the run sends what is new. */
  flagged?: UnitFilter | undefined;
  /** `batch`: as batches of the provider, at its lower price and within a day. */
  delivery?: 'live' | 'batch' | undefined;
  /** USD of batches that may be submitted whatever the limits say: exactly the sum that a refusal has named. */
  confirmUsd?: number | undefined;
}

/** A run under way, however its requests are delivered. */
export interface DeliveredRun {
  /** What requests that are sent one by one wait for. */
  readonly waits?: RunWaits;
  /** How it ended; null where it goes on without this process. */
  run(): Promise<RunOutcome | null>;
  /** Begins nothing further, and ends like this. */
  stop(end: AskedEnd): void;
  /** Does not wait for what is under way. */
  giveUp(): void;
  /** The program ends. */
  close(): Promise<void>;
}

/** A run that is to be delivered as batches. */
export interface BatchOrder extends RunOrder {
  /** Units to translate, page by page. */
  pages: UnitPages;
  /** USD that the project may come to, with all that it has cost and what is at providers; Infinity without a limit. */
  limit: number;
  /** A sum in USD that the user has confirmed, whatever the limits say. */
  confirmed: number | undefined;
}

/** Delivery as batches of a provider; what it has there outlives a run. */
export interface BatchDelivery {
  /** What the last process left of its submissions: undone, or looked for. */
  recover(project: string): Promise<void>;
  /** Those that are unknown are not looked for any more: the user has their lines sent again. */
  giveUp(project: string): Promise<void>;
  open(order: BatchOrder): DeliveredRun;
}

export interface RunServiceParts extends RunParts {
  batchDelivery: BatchDelivery;
}

interface Active {
  run: DeliveredRun;
  over: Promise<RunOutcome | null>;
  delivery: 'live' | 'batch';
}

const pageSize = 500;
/** A process that stops does not wait longer than this for replies that are paid for. */
const closeMs = 4000;

/** Starts, pauses and ends runs; at most one for each project, on whatever machine. */
export class RunService {
  readonly #parts: RunServiceParts;
  readonly #active = new Map<string, Active>();

  constructor(parts: RunServiceParts) {
    this.#parts = parts;
  }

  /** True while this process runs it. */
  isActive(project: string): boolean {
    return this.#active.has(project);
  }

  /** What the project's run waits for, where this process runs it. */
  waitOf(project: string): RunView['waits_for'] {
    return this.#active.get(project)?.run.waits?.current ?? null;
  }

  /** @throws AppError `invalid_request` while a run of the project is under way, here or elsewhere */
  async refuseWhileRunning(project: string, what: string): Promise<void> {
    const alive = await this.#parts.runs.isAlive(
      project,
      (owner) => isOver(owner) && !this.isActive(project),
    );
    if (alive)
      throw new AppError('invalid_request', `a run of this project is under way: pause it before ${what}`);
  }

  /**
   * Begins a run. It goes on by itself: `over` resolves when it ends.
   * @throws AppError `invalid_request` where one is under way already
   */
  async start(
    order: RunProject,
    { maxUsd, retryUnknown, flagged, delivery = 'live', confirmUsd }: StartRun,
    context: RequestContext,
  ): Promise<{ row: RunRow; over: Promise<RunOutcome | null> }> {
    const { runs, units, now, batchDelivery } = this.#parts;
    const { project, settings, mock } = order;
    if (mock && delivery === 'batch')
      throw new AppError('invalid_request', 'an offline run sends nothing: leave "mock" or "delivery" out');
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
    await this.refuseWhileRunning(project, 'another one begins');
    const begun = await runs.begin(row, isOver);
    if (!begun)
      throw new AppError(
        'invalid_request',
        'a run of this project has just begun elsewhere, or requests of its last one are still under way: try again in a minute',
      );
    await batchDelivery.recover(project);
    await runs.recover(project, row.id, now());
    if (retryUnknown) {
      await batchDelivery.giveUp(project);
      await runs.release(project);
    } else await runs.hold(project);
    const [spent, atProviders] = await Promise.all([runs.spent({ project }), runs.atProviders(project)]);
    // What is at a provider may still be billed: a run that reads it has it among its own costs, another one beside them.
    const before = delivery === 'batch' ? spent : spent + atProviders;
    const limit = Math.min(settings.limit_usd ?? Infinity, maxUsd === undefined ? Infinity : before + maxUsd);
    await runs.prepare(row.id, {
      task: taskOf({ ...order, door: context.door }),
      limit_nano: delivery === 'batch' || limit === Infinity ? null : nanoUsd(limit),
      spent_nano: nanoUsd(before),
    });
    const pages = flagged
      ? (after: number) => units.flagged(project, after, pageSize, flagged)
      : (after: number) => units.pending(project, after, pageSize, mock);
    this.#parts.signals.listenToOthers();
    const begin = { ...order, run: row.id, pages, door: context.door };
    const run =
      delivery === 'batch'
        ? batchDelivery.open({ ...begin, limit, confirmed: confirmUsd })
        : new ProjectRun(this.#parts, { ...begin, slots: new Slots(settings.concurrency) });
    const over = run.run().finally(() => {
      this.#active.delete(project);
      this.#parts.onProgress();
    });
    // Whoever does not wait for it sees the outcome in the run's row.
    over.catch(() => {});
    this.#active.set(project, { run, over, delivery });
    return { row: begun, over };
  }

  /** Ends a run after what is under way, on whatever machine that is. */
  async stop(project: string, how: 'pause' | 'cancel', giveUp = false): Promise<void> {
    const asked = giveUp ? 'give_up' : how;
    const active = this.#active.get(project);
    if (!active) {
      const latest = await this.#parts.runs.latest(project);
      if (latest?.state !== 'running') return;
      await this.#parts.runs.ask(latest.id, { asked });
      await this.#parts.workers.tryEnd(latest.id, this.#parts.now());
      this.#parts.signals.send('work');
      return;
    }
    active.run.stop({ asked });
    if (giveUp) active.run.giveUp();
    // A provider takes minutes to end a batch: the run shows when it has.
    if (active.delivery === 'batch' && how === 'cancel' && !giveUp) return;
    await active.over;
  }

  /** Pauses every run that only this process works on; replies under way get a moment to arrive. */
  async close(): Promise<void> {
    const all = [...this.#active.values()];
    if (all.length === 0) return;
    await Promise.all(all.map(({ run }) => run.close()));
    const timer = setTimeout(() => {
      for (const { run } of all) run.giveUp();
    }, closeMs);
    await Promise.allSettled(all.map(({ over }) => over));
    clearTimeout(timer);
  }
}
