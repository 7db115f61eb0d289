import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { CodedText } from '../../../../contract/coded-texts.ts';
import { AppError } from '../../lib/app-error.ts';
import type { Log } from '../../lib/log/log.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import { RunBudget } from '../../translation/run/run-budget.ts';
import type { TrialSet, TrialUnit } from '../sets/trial-set.ts';
import { limitReached, stoppedBy } from './stop-reasons.ts';
import type { TrialContestant } from './trial-folder.ts';
import { requestKey, type JournalState, type TrialJournal } from './trial-journal.ts';
import type { TrialRequests } from './trial-requests.ts';

export interface RunOrder {
  set: TrialSet;
  contestants: readonly TrialContestant[];
  mock: boolean;
  concurrency: number;
  /** Total USD that the trial may cost, including what it has cost so far. */
  limit: number;
  /** Whether to send requests again that may have been billed before. */
  retryUnknown: boolean;
  door: RequestContext['door'];
}

export interface RunParts {
  journal: TrialJournal;
  requests: TrialRequests;
  log: Log;
  onProgress(): void;
}

interface Task {
  unit: TrialUnit;
  contestant: TrialContestant;
}

/** Whether a request still has to be sent: it has no answer, or failed without cost. */
export function isPending(journal: JournalState, key: string, retryUnknown: boolean): boolean {
  if (journal.open.has(key)) return retryUnknown;
  const answer = journal.answers.get(key);
  if (!answer) return true;
  if (answer.error === null || answer.paid === 'yes') return false;
  return answer.paid === 'no' || retryUnknown;
}

/**
 * Sends a trial's pending requests with limited concurrency, unit by unit so that after a stop all
 * contestants have the same units.
 */
export class TrialRun {
  readonly #parts: RunParts;
  readonly #order: RunOrder;
  readonly #budget: RunBudget;
  readonly #abort = new AbortController();
  /** Ends waits for retries. */
  readonly #woken = new AbortController();
  #reason: CodedText<'stop'> | undefined;

  constructor(parts: RunParts, order: RunOrder) {
    this.#parts = parts;
    this.#order = order;
    this.#budget = new RunBudget(order.limit, parts.journal.totals.spent);
    // Every request in progress adds a listener, up to the chosen concurrency.
    setMaxListeners(0, this.#abort.signal, this.#woken.signal);
  }

  /** The totals so far. */
  get totals(): JournalState {
    return this.#parts.journal.totals;
  }

  /** Starts no further request; those in progress are completed. */
  stop(reason: CodedText<'stop'>): void {
    this.#reason ??= reason;
    this.#woken.abort();
  }

  /** Aborts requests in progress; they may have been billed. */
  giveUp(): void {
    this.#abort.abort();
  }

  /**
   * Resolves with the reason for a stop, or null when everything is sent. Never rejects because of a
   * provider.
   */
  async run(): Promise<CodedText<'stop'> | null> {
    const queue = this.#tasks();
    const workers = Array.from({ length: this.#order.concurrency }, () => this.#work(queue));
    const ended = await Promise.allSettled(workers);
    for (const one of ended)
      if (one.status === 'rejected') {
        this.#parts.log.error(`a trial: ${String(one.reason)}`);
        this.#reason ??= stoppedBy(one.reason);
      }
    return this.#reason ?? null;
  }

  #tasks(): Task[] {
    const { set, contestants, retryUnknown } = this.#order;
    const all = set.units.flatMap((unit) => contestants.map((contestant) => ({ unit, contestant })));
    const { totals } = this.#parts.journal;
    return all.filter(({ unit, contestant }) =>
      isPending(totals, requestKey(contestant.id, unit.id), retryUnknown),
    );
  }

  async #work(queue: Task[]): Promise<void> {
    for (;;) {
      const task = this.#reason === undefined ? queue.shift() : undefined;
      if (!task) return;
      try {
        await this.#once(task, queue);
      } catch (error) {
        this.stop(stoppedBy(error));
        if (!(error instanceof AppError)) throw error;
      }
      this.#parts.onProgress();
    }
  }

  async #once(task: Task, queue: Task[]): Promise<void> {
    const { journal, requests } = this.#parts;
    const { unit, contestant } = task;
    const request = { contestant: contestant.id, unit: unit.id };
    const { signal } = this.#abort;
    const bulk = { signal: this.#woken.signal };
    const context: RequestContext = { requestId: randomUUID(), door: this.#order.door, signal, bulk };
    const planned = await requests.plan(unit, contestant.ask, context);
    const bound = this.#order.mock ? 0 : (planned.shown.estimate.cost?.max ?? null);
    if (!this.#budget.maySpend(bound)) {
      queue.unshift(task);
      this.stop(limitReached(this.#order.limit, this.#budget.spent, bound));
      return;
    }
    this.#budget.reserve(bound);
    let spent = 0;
    try {
      await journal.add({ kind: 'sent', ...request, bound });
      const answer = await requests.send(unit, contestant.ask, planned, context, this.#woken.signal);
      spent = answer.spent_usd;
      await journal.add({ kind: 'answer', ...request, ...answer });
    } catch (error) {
      // A refusal means that nothing was sent.
      if (error instanceof AppError) await journal.add({ kind: 'back', ...request });
      throw error;
    } finally {
      this.#budget.settle(bound, spent);
    }
  }
}
