import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { AppError } from '../../lib/app-error.ts';
import { detailOf } from '../../lib/coded-text.ts';
import { FileLock } from '../../lib/files/file-lock.ts';
import type { Log } from '../../lib/log/log.ts';
import { makeFolder } from '../../lib/files/replace-file.ts';
import { Throttled } from '../../lib/throttled.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import type { TrialSet } from '../sets/trial-set.ts';
import { programClosed, stoppedByUser } from './stop-reasons.ts';
import type { PlanParts } from './plan-trial.ts';
import { TrialJournal, type JournalState } from './trial-journal.ts';
import type { TrialContestant, TrialFolder, TrialHead } from './trial-folder.ts';
import { promptHash, TrialRequests, type RequestParts } from './trial-requests.ts';
import { TrialRun } from './trial-run.ts';

export interface TrialRunsParts extends RequestParts, PlanParts {
  folder: TrialFolder;
  log: Log;
  /** Called at intervals when a trial has written something. */
  onProgress(): void;
  /** Called when a trial is over. */
  onEnded(): void;
}

export interface NewTrial {
  set: TrialSet;
  contestants: readonly TrialContestant[];
  mock: boolean;
  prompt_sha256: string;
  maxUsd: number | null;
}

export interface ResumeHow {
  max_usd?: number | undefined;
  concurrency: number;
  retry_unknown?: boolean | undefined;
}

interface Active {
  run: TrialRun;
  ended: Promise<void>;
}

/** On shutdown, the longest wait for replies that are already paid for. */
const closeMs = 4000;
/** Watchers are notified at most this often. */
const progressMs = 300;

/** A trial's id: its start time, and a few random letters in case two start in the same second. */
const newId = (now: number): string =>
  `${new Date(now).toISOString().slice(0, 19).replace(/[-:T]/g, '')}-${randomBytes(3).toString('hex')}`;

/** The trials running in this process; another process may run others in the same folder. */
export class TrialRuns {
  readonly #parts: TrialRunsParts;
  readonly #active = new Map<string, Active>();
  readonly #progress: Throttled;

  constructor(parts: TrialRunsParts) {
    this.#parts = parts;
    this.#progress = new Throttled(() => parts.onProgress(), progressMs);
  }

  isActive(id: string): boolean {
    return this.#active.has(id);
  }

  totalsOf(id: string): JournalState | undefined {
    return this.#active.get(id)?.run.totals;
  }

  /**
   * Stores a new trial and starts sending.
   * @throws AppError `file_unreadable`
   */
  async begin(
    { set, contestants, mock, prompt_sha256, maxUsd }: NewTrial,
    requests: TrialRequests,
    concurrency: number,
    context: RequestContext,
  ): Promise<{ id: string; ended: Promise<void> }> {
    const { folder, now } = this.#parts;
    const head: TrialHead = {
      format: 1,
      id: newId(now()),
      set: set.header.name,
      mock,
      contestants: [...contestants],
      started_at: new Date(now()).toISOString(),
      ended_at: null,
      reason: null,
      reason_detail: null,
      max_usd: maxUsd,
      prompt_sha256,
    };
    await folder.begin(head, set);
    const limit = maxUsd ?? Infinity;
    const how = { concurrency, retryUnknown: false, limit };
    return { id: head.id, ...(await this.#run(head, set, requests, how, context)) };
  }

  /**
   * Continues with unanswered requests.
   * @throws AppError `invalid_request` if it is already running, or if its requests would differ from before
   */
  async resume(id: string, how: ResumeHow, context: RequestContext): Promise<{ ended: Promise<void> }> {
    const { folder } = this.#parts;
    if (this.isActive(id)) throw new AppError('invalid_request', 'the trial is running already');
    const { head, set, journal } = folder.read(id);
    const requests = await TrialRequests.of(this.#parts, set.header.module, head.mock);
    await this.#refuseChanged(head, set, requests, context);
    const { concurrency, max_usd, retry_unknown = false } = how;
    // Without an amount the trial's own total limit stays in force.
    const limit = max_usd === undefined ? (head.max_usd ?? Infinity) : journal.spent + max_usd;
    const order = { concurrency, retryUnknown: retry_unknown, limit };
    const max = limit === Infinity ? null : limit;
    return this.#run({ ...head, max_usd: max }, set, requests, order, context);
  }

  async #refuseChanged(
    head: TrialHead,
    set: TrialSet,
    requests: TrialRequests,
    context: RequestContext,
  ): Promise<void> {
    const restart = 'a part of the units was asked otherwise: begin a new trial';
    if (promptHash(requests.pack) !== head.prompt_sha256)
      throw new AppError('invalid_request', `the prompt pack has changed since, so ${restart}`);
    const [unit] = set.units;
    if (!unit) return;
    for (const { id, ask, first_sha256 } of head.contestants) {
      const { plan } = await requests.plan(unit, ask, context);
      if (plan.sha256 !== first_sha256)
        throw new AppError('invalid_request', `the settings of ${id} have changed since, so ${restart}`);
    }
  }

  async #run(
    head: TrialHead,
    set: TrialSet,
    requests: TrialRequests,
    order: { concurrency: number; retryUnknown: boolean; limit: number },
    context: RequestContext,
  ): Promise<{ ended: Promise<void> }> {
    const { folder, log, now } = this.#parts;
    const path = folder.file(head.id, 'journal.jsonl');
    makeFolder(join(path, '..'));
    const lock = new FileLock(folder.file(head.id, 'lock'));
    if (!lock.take()) {
      lock.close();
      throw new AppError('invalid_request', 'another process runs this trial');
    }
    try {
      await folder.write({ ...head, ended_at: null, reason: null, reason_detail: null });
      const journal = await TrialJournal.open(path);
      const onProgress = () => this.#progress.call();
      const { contestants, mock } = head;
      const run = new TrialRun(
        { journal, requests, log, onProgress },
        { set, contestants, mock, ...order, door: context.door },
      );
      const ended = this.#finish(head, run, journal, lock, now);
      this.#active.set(head.id, { run, ended });
      return { ended };
    } catch (error) {
      lock.close();
      throw error;
    }
  }

  async #finish(
    head: TrialHead,
    run: TrialRun,
    journal: TrialJournal,
    lock: FileLock,
    now: () => number,
  ): Promise<void> {
    try {
      const stop = await run.run();
      await journal.close();
      const reason = stop?.message ?? null;
      const reason_detail = stop && detailOf(stop);
      const ended_at = new Date(now()).toISOString();
      await this.#parts.folder.write({ ...head, ended_at, reason, reason_detail });
    } catch (error) {
      this.#parts.log.error(`a trial could not be ended: ${String(error)}`);
    } finally {
      lock.close();
      this.#active.delete(head.id);
      this.#parts.onEnded();
    }
  }

  /** Ends a trial after the requests in progress. A trial that does not run here is not affected. */
  async stop(id: string, giveUp: boolean): Promise<void> {
    const active = this.#active.get(id);
    if (!active) return;
    active.run.stop(stoppedByUser);
    if (giveUp) active.run.giveUp();
    await active.ended;
  }

  /** Stops every trial of this process. */
  async close(): Promise<void> {
    const all = [...this.#active.values()];
    for (const { run } of all) run.stop(programClosed);
    const timer = setTimeout(() => {
      for (const { run } of all) run.giveUp();
    }, closeMs);
    await Promise.allSettled(all.map(({ ended }) => ended));
    clearTimeout(timer);
    this.#progress.close();
  }
}
