import type { Database } from '../../database/database.ts';
import { AppError } from '../../lib/app-error.ts';
import type { ProviderBatches } from '../../provider-batches/provider-batches.ts';
import type { PackStore } from '../../prompt-packs/pack-store.ts';
import { ScenePlanner } from '../plan/scene-planner.ts';
import { BatchRuns } from '../batches/batch-runs.ts';
import { GroupStore } from '../store/group-store.ts';
import type { TranslationDatabase } from '../store/translation-database.ts';
import { UnitStore } from '../store/unit-store.ts';
import { WorkerStore } from '../store/worker-store.ts';
import type { RunParts } from './run-order.ts';
import { RunService } from './run-service.ts';
import { RunWorker, type WorkerOptions } from './run-worker.ts';

export interface SharingOptions {
  database: Database;
  /** Whether this process works on runs that others began. */
  helpsOthers(): boolean;
  /** Called when a run has written something, on whatever machine. */
  onProgress(): void;
}

export interface SharedParts extends Omit<RunParts, 'groups' | 'workers' | 'units' | 'planner'> {
  database: TranslationDatabase;
  packs: PackStore;
  batches: ProviderBatches;
}

/** A worker, and when it has ended. */
export interface Helper {
  worker: RunWorker;
  over: Promise<void>;
}

/** Requests at a time of a panel or server that helps others. */
const helperConcurrency = 4;
/** A process that stops does not wait longer than this for replies that are paid for. */
const closeMs = 4000;

/** Runs that several machines work on, over one PostgreSQL. */
export class RunSharing {
  readonly #parts: RunParts;
  /** Runs that this process begins. */
  readonly running: RunService;
  /** Those of them that are delivered as batches: only the process that begins one works on it. */
  readonly batchRuns: BatchRuns;
  readonly #options: SharingOptions;
  readonly #helpers = new Set<Helper>();
  readonly #stopListening: () => void;

  constructor(parts: SharedParts, options: SharingOptions) {
    const { database, chat, packs, batches } = parts;
    const units = new UnitStore(database.patient());
    const planner = new ScenePlanner({ chat, packs, units });
    const [groups, workers] = [new GroupStore(database), new WorkerStore(database)];
    this.#parts = { ...parts, units, planner, groups, workers };
    this.#options = options;
    this.batchRuns = new BatchRuns({ ...this.#parts, batches }, database.patient());
    this.running = new RunService({ ...this.#parts, batchDelivery: this.batchRuns });
    this.#stopListening = parts.signals.on((signal) => {
      if (signal === 'progress') options.onProgress();
    });
  }

  /** Hears of runs on other machines, and works on them while the user wants that. */
  begin(): void {
    const { log, signals } = this.#parts;
    signals.listenToOthers();
    const report = (line: string) => log.info(`helping: ${line}`);
    this.help({ concurrency: helperConcurrency, isOn: this.#options.helpsOthers, report });
  }

  /**
   * Works on runs that other machines began, until the worker is closed.
   * @throws AppError `invalid_request` on SQLite, which machines cannot share
   */
  help(options: Omit<WorkerOptions, 'isOwn'>): Helper {
    if (this.#options.database.kind !== 'postgres')
      throw new AppError(
        'invalid_request',
        'workers share one PostgreSQL: name it in COMFYVN_LLM_DATABASE_URL (docs/studio.md)',
      );
    const isOwn = ({ project }: { project: string }) => this.running.isActive(project);
    const worker = new RunWorker(this.#parts, { ...options, isOwn });
    const helper = { worker, over: worker.run() };
    this.#helpers.add(helper);
    return helper;
  }

  /** Replies under way get a moment to arrive. */
  async close(): Promise<void> {
    for (const { worker } of this.#helpers) worker.close();
    const timer = setTimeout(() => {
      for (const { worker } of this.#helpers) worker.giveUp();
    }, closeMs);
    await Promise.all([...this.#helpers].map(({ over }) => over));
    clearTimeout(timer);
    this.#stopListening();
  }
}
