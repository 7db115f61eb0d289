import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { RunRow } from '../../database/translation-tables.ts';
import { processOwner } from './process-owner.ts';
import { ProjectRun } from './project-run.ts';
import { orderOf, type RunParts } from './run-order.ts';
import { Sleeper, Slots } from './slots.ts';

export interface WorkerOptions {
  /** False while helping is turned off. */
  isOn(): boolean;
  /** Requests at a time, for all runs together. */
  concurrency: number;
  /** True for a run that this process started: it works on that run already. */
  isOwn(run: RunRow): boolean;
  /** Receives status lines for the terminal or the log. */
  report(line: string): void;
}

const pollMs = 5000;
/** After this time, the worker tries a run again that it could not work on. */
const rejoinAfterMs = 30_000;

const reasonOf = ({ leaveReason }: ProjectRun) => (leaveReason === undefined ? '' : `: ${leaveReason}`);

interface JoinedRun {
  run: ProjectRun;
  ended: Promise<void>;
}

/** Works on the runs of other processes that use the same database. */
export class RunWorker {
  readonly #id = randomUUID();
  readonly #parts: RunParts;
  readonly #options: WorkerOptions;
  readonly #slots: Slots;
  readonly #sleeper = new Sleeper();
  readonly #joined = new Map<string, JoinedRun>();
  /** When a run may be joined again, by its id, in milliseconds of `performance.now()`. */
  readonly #rejoinAt = new Map<string, number>();
  #closed = false;
  #lastProblem = '';

  constructor(parts: RunParts, options: WorkerOptions) {
    [this.#parts, this.#options] = [parts, options];
    this.#slots = new Slots(options.concurrency);
  }

  /** Works until it is closed. While the database is unavailable, the worker waits for it. */
  async run(): Promise<void> {
    const { signals, workers } = this.#parts;
    signals.listenToOthers();
    const stopListening = signals.on((signal) => {
      if (signal === 'work') this.#sleeper.wake();
    });
    while (!this.#closed) {
      try {
        await this.#joinRuns();
        this.#reportProblem('');
      } catch (error) {
        this.#reportProblem(error instanceof Error ? error.message : String(error));
      }
      if (!this.#closed) await this.#sleeper.sleep(pollMs);
    }
    stopListening();
    await Promise.allSettled([...this.#joined.values()].map(({ ended }) => ended));
    await workers.leave(this.#id).catch(() => {});
  }

  /** Starts no further request; those in progress are completed. */
  close(): void {
    this.#closed = true;
    this.#sleeper.wake();
    for (const { run } of this.#joined.values()) run.leave();
  }

  /** Aborts requests in progress; they may have been billed and become `unknown`. */
  giveUp(): void {
    for (const { run } of this.#joined.values()) run.giveUp();
  }

  /** @param problem empty if there is none; the same problem is reported once */
  #reportProblem(problem: string): void {
    if (problem !== this.#lastProblem && problem !== '') this.#options.report(problem);
    this.#lastProblem = problem;
  }

  async #joinRuns(): Promise<void> {
    const { runs, workers, chat } = this.#parts;
    if (!this.#options.isOn()) {
      for (const { run } of this.#joined.values()) run.leave();
      return;
    }
    const providers = JSON.stringify(chat.usableProviders());
    const worker = { id: this.#id, machine: hostname(), run: null, providers, groups: 0 };
    await workers.heartbeat(worker, processOwner);
    for (const row of await runs.shared()) {
      const isTooEarly = (this.#rejoinAt.get(row.id) ?? 0) > performance.now();
      if (isTooEarly || this.#joined.has(row.id) || this.#options.isOwn(row) || this.#closed) continue;
      await this.#join(row);
    }
  }

  async #join(row: RunRow): Promise<void> {
    const { projects } = this.#parts;
    const { report } = this.#options;
    const order = await orderOf(row, projects);
    if (!order) return;
    const run = new ProjectRun(this.#parts, { ...order, slots: this.#slots, helper: this.#id });
    report(`working on a run of "${order.settings.name}" into ${order.settings.target_language}`);
    const ended = run.run().then(
      (outcome) => {
        this.#joined.delete(row.id);
        if (!outcome) this.#rejoinAt.set(row.id, performance.now() + rejoinAfterMs);
        report(
          outcome ? `the run is ${outcome.state}` : `the run continues without this machine${reasonOf(run)}`,
        );
      },
      (error: unknown) => {
        this.#joined.delete(row.id);
        this.#rejoinAt.set(row.id, performance.now() + rejoinAfterMs);
        report(error instanceof Error ? error.message : String(error));
      },
    );
    this.#joined.set(row.id, { run, ended });
    // The worker may have been closed while it read the order.
    if (this.#closed) run.leave();
  }
}
