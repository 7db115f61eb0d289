import { programClosedEnd } from '../store/run-ends.ts';
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { hostname } from 'node:os';
import { usdOf } from '../../budget/ledger.ts';
import { AppError } from '../../lib/app-error.ts';
import type { UnitPages } from '../plan/scene-planner.ts';
import type { ClaimedGroup, ProviderChoice } from '../store/group-store.ts';
import type { RequestedEnd } from '../store/run-store.ts';
import type { RunOutcome } from '../store/worker-store.ts';
import { newGroup } from './group-rows.ts';
import { GroupSender, type SendResult } from './group-sender.ts';
import { planRun } from './plan-run.ts';
import { processOwner } from './process-owner.ts';
import type { RunOrder, RunParts } from './run-order.ts';
import { RunWaits } from './run-waits.ts';
import { Sleeper, type Slots } from './slots.ts';

export interface RunWork extends RunOrder {
  slots: Slots;
  /** Reads the units to translate, if this process started the run; undefined if it helps with another process's run. */
  pages?: UnitPages | undefined;
  /** Id of this process's worker, if it helps. */
  helper?: string;
}

/** Ends a run that no other process works on when the program closes. */
export const programClosed: RequestedEnd = { asked: 'pause', reason: programClosedEnd.message };

const maxFailuresInARow = 10;
const heartbeatMs = 10_000;
/** How often to look for work, in case a signal was lost. */
const pollMs = 1000;
/** The provider list (JSON) of a process that cannot work on a run. */
const noProviders = '[]';

/**
 * One process's work on a run: it claims free groups and sends them until none is left. Every machine that works on a
 * run does the same; the groups' rows say which process has claimed what. The process that started the run also plans it.
 */
export class ProjectRun {
  readonly #parts: RunParts;
  readonly #work: RunWork;
  readonly #sender: GroupSender;
  readonly #abort = new AbortController();
  /** Ends waits for a provider's limits; requests in progress continue. */
  readonly #endWaits = new AbortController();
  readonly waits: RunWaits;
  readonly #sleeper = new Sleeper();
  readonly #claimed = new Map<string, Promise<void>>();
  readonly #id: string;
  /** `stopping`: the run ends for all processes. `leaving`: only this process ends its work on the run. */
  #ending: 'stopping' | 'leaving' | undefined;
  #leaveReason: string | undefined;
  #endRequest: Promise<unknown> = Promise.resolve();
  /** An end that could not be stored because the database was unavailable. */
  #unsavedEnd: RequestedEnd | undefined;
  #failures = 0;
  /** Providers that need no key, or whose key this process has. */
  #usableProviders: readonly string[] = [];
  /** Providers that refused this process's requests. */
  readonly #refusingProviders = new Set<string>();
  /** Providers that other running processes can use. */
  #otherProviders: readonly string[] = [];
  #lastHeartbeat = 0;
  /** Number of claimed groups at the last heartbeat. */
  #reportedGroups = 0;

  constructor(parts: RunParts, work: RunWork) {
    this.#parts = parts;
    this.#work = work;
    this.#id = `${work.helper ?? processOwner}/${work.run}`;
    this.waits = new RunWaits(parts.now, parts.onProgress);
    this.#sender = new GroupSender(parts, work, {
      signal: this.#abort.signal,
      waitSignal: this.#endWaits.signal,
      waits: this.waits,
      mayReplan: work.pages !== undefined,
    });
    // Every request in progress adds a listener, up to the chosen concurrency.
    setMaxListeners(0, this.#abort.signal, this.#endWaits.signal);
  }

  /** No process starts another group. Requests in progress are completed; groups that wait for a limit are returned. */
  stop(end: RequestedEnd): void {
    this.#ending ??= 'stopping';
    this.#endWaits.abort();
    const requestEnd = () => this.#parts.runs.requestEnd(this.#work.run, end);
    this.#endRequest = this.#endRequest.then(requestEnd).catch(() => void (this.#unsavedEnd = end));
    void this.#endRequest.then(() => this.#parts.signals.send('work'));
    this.#sleeper.wake();
  }

  /** This process starts no further group; the run continues if other processes work on it. */
  leave(reason?: string): void {
    this.#ending ??= 'leaving';
    this.#leaveReason ??= reason;
    this.#endWaits.abort();
    this.#sleeper.wake();
  }

  /** Aborts requests in progress; they may have been billed and become `unknown`. */
  giveUp(): void {
    this.#abort.abort();
  }

  /** The program closes: the run continues if other processes work on it, and is paused otherwise. */
  async close(): Promise<void> {
    const { workers } = this.#parts;
    const others = await workers.alive(this.#work.run).catch(() => []);
    if (others.some(({ id, providers }) => id !== this.#id && providers !== noProviders)) this.leave();
    else this.stop(programClosed);
  }

  /** Why this process left a run that continues; undefined if it was asked to leave. */
  get leaveReason(): string | undefined {
    return this.#leaveReason;
  }

  /** Resolves with the run's outcome; null if the run continues without this process. */
  async run(): Promise<RunOutcome | null> {
    const { signals, workers } = this.#parts;
    const { run, slots, pages } = this.#work;
    const stopListening = [
      signals.on((signal) => {
        if (signal === 'work') void this.#heartbeat();
      }),
      slots.onFree(this.#sleeper.wake),
    ];
    const timer = setInterval(() => void this.#heartbeat(), heartbeatMs);
    timer.unref();
    try {
      await this.#heartbeat();
      if (pages) await this.#plan(pages);
      return await this.#sendAll();
    } catch (error) {
      this.#stopOnError(error);
      await this.#settled();
      return await workers.tryEnd(run, this.#parts.now());
    } finally {
      clearInterval(timer);
      for (const stop of stopListening) stop();
      await this.#unregister().catch(() => {});
      signals.send('work');
      this.#parts.onProgress();
    }
  }

  /**
   * Removes this process from the run. If it cannot work on the run, its row stays for a while without providers: the
   * process that started the run then does not wait for it.
   */
  #unregister(): Promise<unknown> {
    const { workers } = this.#parts;
    if (this.#leaveReason === undefined) return workers.leave(this.#id);
    const { run } = this.#work;
    const worker = { id: this.#id, machine: hostname(), run, providers: noProviders, groups: 0 };
    return workers.heartbeat(worker, processOwner);
  }

  async #plan(pages: UnitPages): Promise<void> {
    const { planner } = this.#parts;
    const work = this.#work;
    const { project, run } = work;
    const { signal } = this.#abort;
    const context = () => ({ requestId: randomUUID(), door: work.door, signal });
    await planRun(this.#parts, this.#work, pages, {
      stops: () => this.#ending !== undefined,
      async rowOf(lines, kind, position) {
        const scene = await planner.planGroup(lines, work, context());
        return newGroup(scene, { project, run, kind, position });
      },
    });
    this.#parts.signals.send('work');
    this.#parts.onProgress();
  }

  async #sendAll(): Promise<RunOutcome | null> {
    const { workers, now } = this.#parts;
    const { run, slots } = this.#work;
    for (;;) {
      if (!this.#ending) {
        const free = slots.takeAll();
        const claimed = free > 0 ? await this.#claim(free) : [];
        slots.release(free - claimed.length);
        for (const group of claimed) this.#startGroup(group);
        // Shows other panels at once that this process has work.
        if (claimed.length && this.#reportedGroups === 0) void this.#heartbeat();
        if (claimed.length) continue;
      }
      if (this.#claimed.size === 0) {
        await this.#endRequest;
        if (this.#unsavedEnd) this.stop(this.#unsavedEnd);
        this.#unsavedEnd = undefined;
        await this.#endRequest;
        const outcome = await workers.tryEnd(run, now());
        if (outcome || this.#ending === 'leaving') return outcome;
      }
      await this.#sleeper.sleep(pollMs);
    }
  }

  async #claim(count: number): Promise<ClaimedGroup[]> {
    try {
      return await this.#parts.groups.claim(this.#work.run, processOwner, count, this.#providerChoice());
    } catch (error) {
      this.#work.slots.release(count);
      throw error;
    }
  }

  /** The process that started the run also claims groups that no process can send, so that the run reports why. */
  #providerChoice(): ProviderChoice {
    if (this.#work.mock) return {};
    const usable = this.#usableProviders.filter((name) => !this.#refusingProviders.has(name));
    if (!this.#work.pages) return { only: usable };
    return { except: this.#otherProviders.filter((provider) => !usable.includes(provider)) };
  }

  /** An error ends the run, but a helper that lost its database only leaves. */
  #stopOnError(error: unknown): void {
    const code = error instanceof AppError ? error.code : 'internal_error';
    const reason = error instanceof Error ? error.message : String(error);
    if (!(error instanceof AppError)) this.#parts.log.error(`translation run: ${String(error)}`);
    if (code === 'ledger_unavailable' && !this.#work.pages) this.leave(reason);
    else this.stop({ asked: 'wait', code, reason });
  }

  #startGroup(group: ClaimedGroup): void {
    const task = this.#sender
      .send(group)
      .then((result) => this.#handleResult(result, group))
      .catch((error: unknown) => this.#stopOnError(error))
      .finally(() => {
        this.#claimed.delete(group.id);
        this.#work.slots.release(1);
        this.#sleeper.wake();
        this.#parts.onProgress();
      });
    this.#claimed.set(group.id, task);
  }

  async #handleResult(result: SendResult, group: ClaimedGroup): Promise<void> {
    switch (result.what) {
      case 'ended':
        return this.#countFailures(result.lines, result.message);
      case 'limit':
        return this.#stopAtLimit(result.bound);
      case 'wait':
        // Requests in progress may cost less than they reserved.
        return void (await new Sleeper().sleep(pollMs / 4));
      case 'refused': {
        const { code, reason } = result;
        if (this.#work.pages || code === 'budget_exceeded') return this.stop({ asked: 'wait', code, reason });
        this.#refusingProviders.add(group.provider);
        this.#parts.log.warn(`this machine sends nothing more to ${group.provider}: ${reason}`);
        return void (await this.#heartbeat());
      }
      case 'differs':
        return this.leave(result.reason);
      default:
    }
  }

  async #stopAtLimit(bound: number | null): Promise<void> {
    const row = await this.#parts.runs.get(this.#work.run);
    const next = bound === null ? 'an unknown amount' : `up to $${bound.toFixed(4)}`;
    const [limit, spent] = [usdOf(row?.limit_nano ?? 0), usdOf(row?.spent_nano ?? 0)];
    const reason = `the limit of $${limit} is reached: $${spent.toFixed(4)} is spent or reserved, and the next request could cost ${next}`;
    this.stop({ asked: 'wait', code: 'budget_exceeded', reason });
  }

  /** Stops the run after ten requests in a row without a usable line: further requests would only cost money. */
  #countFailures(lines: number, message: string): void {
    this.#failures = lines > 0 ? 0 : this.#failures + 1;
    if (this.#failures < maxFailuresInARow) return;
    const reason = `${this.#failures} requests in a row had no usable line; the last one: ${message}`;
    this.stop({ asked: 'wait', code: 'failed_groups', reason });
  }

  async #settled(): Promise<void> {
    await Promise.allSettled(this.#claimed.values());
    await this.#endRequest;
  }

  /** Reports that this process is alive, reads whether the run is to end, and expires groups of dead processes. */
  async #heartbeat(): Promise<void> {
    const { workers, groups, runs, now } = this.#parts;
    const { run, project } = this.#work;
    const at = performance.now();
    try {
      const wait = this.waits.current;
      this.#reportedGroups = this.#claimed.size;
      const waits_for = wait && JSON.stringify(wait);
      const worker = { id: this.#id, machine: hostname(), run, groups: this.#reportedGroups, waits_for };
      this.#usableProviders = this.#parts.chat.usableProviders();
      const providers = JSON.stringify(
        this.#usableProviders.filter((name) => !this.#refusingProviders.has(name)),
      );
      const current = await workers.heartbeat({ ...worker, providers }, processOwner);
      await groups.renew([...this.#claimed.keys()], processOwner);
      // After a database outage, all leases are old: live processes get time to renew theirs first.
      const isRegular = this.#lastHeartbeat > 0 && at - this.#lastHeartbeat < heartbeatMs * 2;
      if (isRegular && (await groups.expire(run, now())) > 0) {
        await runs.hold(project);
        this.#parts.onProgress();
      }
      this.#lastHeartbeat = at;
      this.#otherProviders = await this.#findOtherProviders();
      if (current?.state !== 'running' || current.asked !== null) this.#endWaits.abort();
      if (current?.asked === 'give_up') this.giveUp();
    } catch {
      // The next heartbeat tries again; a lease lasts for several of them.
    }
    this.#sleeper.wake();
  }

  /** A process's row for this run takes precedence over its row without a run. */
  async #findOtherProviders(): Promise<string[]> {
    const { run } = this.#work;
    const others = (await this.#parts.workers.alive()).filter(({ id }) => id !== this.#id);
    const onThisRun = new Set(others.filter((other) => other.run === run).map(({ id }) => id));
    return others
      .filter((other) => other.run === run || (other.run === null && !onThisRun.has(`${other.id}/${run}`)))
      .flatMap((other) => JSON.parse(other.providers) as string[]);
  }
}
