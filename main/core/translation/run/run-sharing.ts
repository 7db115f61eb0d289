import type { Database } from '../../database/database.ts';
import { AppError } from '../../lib/app-error.ts';
import type { PackStore } from '../../prompt-packs/pack-store.ts';
import { ScenePlanner } from '../plan/scene-planner.ts';
import { GroupStore } from '../store/group-store.ts';
import type { TranslationDatabase } from '../store/translation-database.ts';
import { UnitStore } from '../store/unit-store.ts';
import { WorkerStore } from '../store/worker-store.ts';
import type { RunParts } from './run-order.ts';
import { RunService, type BatchDelivery } from './run-service.ts';
import { RunWorker, type WorkerOptions } from './run-worker.ts';

export interface SharingOptions {
  database: Database;
  /** Whether this process works on runs of other processes. */
  helpsOthers(): boolean;
  /** Called after a run's write, on any machine. */
  onProgress(): void;
}

export interface SharedParts extends Omit<RunParts, 'groups' | 'workers' | 'units' | 'planner'> {
  database: TranslationDatabase;
  packs: PackStore;
}

export interface Helper {
  worker: RunWorker;
  /** Resolves when the worker has ended. */
  ended: Promise<void>;
}

/** Requests at a time of a panel or server that helps others. */
const helperConcurrency = 4;
/** How long a closing process waits for replies that are already paid. */
const closeMs = 4000;

/** Creates the services of runs. Reads for paid replies are repeated while the database is unavailable. */
export function runPartsOf({ database, packs, ...parts }: SharedParts): RunParts {
  const units = new UnitStore(database.patient());
  const planner = new ScenePlanner({ chat: parts.chat, packs, units });
  return {
    ...parts,
    units,
    planner,
    groups: new GroupStore(database),
    workers: new WorkerStore(database),
  };
}

/** Runs that several machines share over one PostgreSQL. */
export class RunSharing {
  readonly #parts: RunParts;
  /** Runs that this process starts. */
  readonly running: RunService;
  readonly #options: SharingOptions;
  readonly #helpers = new Set<Helper>();
  readonly #stopListening: () => void;

  /** @param batchDelivery delivers runs as batches; only the process that starts such a run works on it */
  constructor(parts: RunParts, batchDelivery: BatchDelivery, options: SharingOptions) {
    this.#parts = parts;
    this.#options = options;
    this.running = new RunService({ ...parts, batchDelivery });
    this.#stopListening = parts.signals.on((signal) => {
      if (signal === 'progress') options.onProgress();
    });
  }

  /** Listens for runs of other machines, and works on them while the user's setting allows it. */
  begin(): void {
    const { log, signals } = this.#parts;
    signals.listenToOthers();
    const report = (line: string) => log.info(`helping: ${line}`);
    this.help({ concurrency: helperConcurrency, isOn: this.#options.helpsOthers, report });
  }

  /**
   * Works on runs of other machines until the worker is closed.
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
    const helper = { worker, ended: worker.run() };
    this.#helpers.add(helper);
    return helper;
  }

  /** Waits up to `closeMs` for replies in progress. */
  async close(): Promise<void> {
    for (const { worker } of this.#helpers) worker.close();
    const timer = setTimeout(() => {
      for (const { worker } of this.#helpers) worker.giveUp();
    }, closeMs);
    await Promise.all([...this.#helpers].map(({ ended }) => ended));
    clearTimeout(timer);
    this.#stopListening();
  }
}
