import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { RunRow } from '../../database/translation-tables.ts';
import { processOwner } from './process-owner.ts';
import { ProjectRun } from './project-run.ts';
import { orderOf, type RunParts } from './run-order.ts';
import { Sleeper, Slots } from './slots.ts';

export interface WorkerOptions {
  /** False while this process is not to help. */
  isOn(): boolean;
  /** Requests at a time, for all runs together. */
  concurrency: number;
  /** Runs that this process began: those it works on anyway. */
  isOwn(run: RunRow): boolean;
  /** Called with what a person at the terminal wants to know. */
  report(line: string): void;
}

const lookMs = 5000;
/** A run that could not be worked on is looked at again after so long. */
const restMs = 30_000;

const why = ({ leftFor }: ProjectRun) => (leftFor === undefined ? '' : `: ${leftFor}`);

interface Joined {
  run: ProjectRun;
  over: Promise<void>;
}

/** Helps with the runs of other processes on the same database. */
export class RunWorker {
  readonly #id = randomUUID();
  readonly #parts: RunParts;
  readonly #options: WorkerOptions;
  readonly #slots: Slots;
  readonly #sleeper = new Sleeper();
  readonly #joined = new Map<string, Joined>();
  readonly #restsUntil = new Map<string, number>();
  #closed = false;
  #trouble = '';

  constructor(parts: RunParts, options: WorkerOptions) {
    [this.#parts, this.#options] = [parts, options];
    this.#slots = new Slots(options.concurrency);
  }

  /** Works until it is closed. A database that is away is waited for. */
  async run(): Promise<void> {
    const { signals, workers } = this.#parts;
    signals.listenToOthers();
    const stopListening = signals.on((signal) => {
      if (signal === 'work') this.#sleeper.wake();
    });
    while (!this.#closed) {
      try {
        await this.#look();
        this.#say('');
      } catch (error) {
        this.#say(error instanceof Error ? error.message : String(error));
      }
      if (!this.#closed) await this.#sleeper.sleep(lookMs);
    }
    stopListening();
    await Promise.allSettled([...this.#joined.values()].map(({ over }) => over));
    await workers.leave(this.#id).catch(() => {});
  }

  /** Begins nothing more, and waits for what is under way. */
  close(): void {
    this.#closed = true;
    this.#sleeper.wake();
    for (const { run } of this.#joined.values()) run.leave();
  }

  /** Requests under way may have been paid, and become unknown. */
  giveUp(): void {
    for (const { run } of this.#joined.values()) run.giveUp();
  }

  #say(trouble: string): void {
    if (trouble !== this.#trouble && trouble !== '') this.#options.report(trouble);
    this.#trouble = trouble;
  }

  async #look(): Promise<void> {
    const { runs, workers, chat } = this.#parts;
    if (!this.#options.isOn()) {
      for (const { run } of this.#joined.values()) run.leave();
      return;
    }
    const providers = JSON.stringify(chat.usableProviders());
    await workers.beat({ id: this.#id, machine: hostname(), run: null, providers, groups: 0 }, processOwner);
    for (const row of await runs.shared()) {
      const rests = (this.#restsUntil.get(row.id) ?? 0) > performance.now();
      if (rests || this.#joined.has(row.id) || this.#options.isOwn(row) || this.#closed) continue;
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
    const over = run.run().then(
      (outcome) => {
        this.#joined.delete(row.id);
        if (!outcome) this.#restsUntil.set(row.id, performance.now() + restMs);
        report(outcome ? `the run is ${outcome.state}` : `the run goes on without this machine${why(run)}`);
      },
      (error: unknown) => {
        this.#joined.delete(row.id);
        this.#restsUntil.set(row.id, performance.now() + restMs);
        report(error instanceof Error ? error.message : String(error));
      },
    );
    this.#joined.set(row.id, { run, over });
    // A closing that came in between.
    if (this.#closed) run.leave();
  }
}
