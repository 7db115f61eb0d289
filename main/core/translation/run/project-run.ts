import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { hostname } from 'node:os';
import { usdOf } from '../../budget/ledger.ts';
import { AppError } from '../../lib/app-error.ts';
import type { UnitPages } from '../plan/scene-planner.ts';
import type { ClaimedGroup, ProviderChoice } from '../store/group-store.ts';
import type { AskedEnd } from '../store/run-store.ts';
import type { RunOutcome } from '../store/worker-store.ts';
import { newGroup } from './group-rows.ts';
import { GroupSender, type Sent } from './group-sender.ts';
import { planRun } from './plan-run.ts';
import { processOwner } from './process-owner.ts';
import type { RunOrder, RunParts } from './run-order.ts';
import { RunWaits } from './run-waits.ts';
import { Sleeper, type Slots } from './slots.ts';

export interface RunWork extends RunOrder {
  slots: Slots;
  /** Units to translate, page by page, where this process begins the run; without it, it helps another one. */
  pages?: UnitPages | undefined;
  /** Id of the worker that helps. */
  helper?: string;
}

/** How a run ends that nobody else works on when the program is closed. */
export const closedProgram: AskedEnd = { asked: 'pause', reason: 'the program was closed' };

const failuresInARow = 10;
const beatMs = 10_000;
/** What is lost of a signal is found out after so long. */
const lookMs = 1000;
/** The providers of a process that cannot work on a run. */
const none = '[]';

/**
 * What one process does for a run: takes groups that are free, sends them, until nothing is left to send. Every machine
 * that works on a run does the same; the rows say who has what. The process that began it also plans it.
 */
export class ProjectRun {
  readonly #parts: RunParts;
  readonly #work: RunWork;
  readonly #sender: GroupSender;
  readonly #abort = new AbortController();
  /** Ends the waits for a provider's limits, and no request under way. */
  readonly #endWaits = new AbortController();
  readonly waits: RunWaits;
  readonly #sleeper = new Sleeper();
  readonly #inHand = new Map<string, Promise<void>>();
  readonly #id: string;
  /** `stops`: the run is to end, and is waited for. `leaves`: it may go on elsewhere. */
  #ending: 'stops' | 'leaves' | undefined;
  #leftFor: string | undefined;
  #asking: Promise<unknown> = Promise.resolve();
  /** What could not be written while the database was away. */
  #askAgain: AskedEnd | undefined;
  #failures = 0;
  /** Providers that this process has a key for, where they need one. */
  #usable: readonly string[] = [];
  /** Those that refused it. */
  readonly #refused = new Set<string>();
  /** Providers that others who are alive can send to. */
  #elsewhere: readonly string[] = [];
  #lastBeat = 0;
  /** Groups in hand, as of the last beat. */
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
    // Every request under way listens, and there are as many as were asked for.
    setMaxListeners(0, this.#abort.signal, this.#endWaits.signal);
  }

  /** No process begins a further group; those under way are waited for, those that wait for a limit are put back. */
  stop(end: AskedEnd): void {
    this.#ending ??= 'stops';
    this.#endWaits.abort();
    const ask = () => this.#parts.runs.ask(this.#work.run, end);
    this.#asking = this.#asking.then(ask).catch(() => void (this.#askAgain = end));
    void this.#asking.then(() => this.#parts.signals.send('work'));
    this.#sleeper.wake();
  }

  /** This process begins no further group; the run goes on where others work on it. */
  leave(reason?: string): void {
    this.#ending ??= 'leaves';
    this.#leftFor ??= reason;
    this.#endWaits.abort();
    this.#sleeper.wake();
  }

  /** Requests under way are given up: they may have been paid, and become unknown. */
  giveUp(): void {
    this.#abort.abort();
  }

  /** The program ends: the run goes on where other processes work on it, and is paused where none does. */
  async close(): Promise<void> {
    const { workers } = this.#parts;
    const others = await workers.present(this.#work.run).catch(() => []);
    if (others.some(({ id, providers }) => id !== this.#id && providers !== none)) this.leave();
    else this.stop(closedProgram);
  }

  /** Why this process left a run that goes on; undefined where it was told to. */
  get leftFor(): string | undefined {
    return this.#leftFor;
  }

  /** How the run ended; null where it goes on without this process. */
  async run(): Promise<RunOutcome | null> {
    const { signals, workers } = this.#parts;
    const { run, slots, pages } = this.#work;
    const stopListening = [
      signals.on((signal) => {
        if (signal === 'work') void this.#beat();
      }),
      slots.onFree(this.#sleeper.wake),
    ];
    const beat = setInterval(() => void this.#beat(), beatMs);
    beat.unref();
    try {
      await this.#beat();
      if (pages) await this.#plan(pages);
      return await this.#sendAll();
    } catch (error) {
      this.#stopFor(error);
      await this.#drained();
      return await workers.tryEnd(run, this.#parts.now());
    } finally {
      clearInterval(beat);
      for (const stop of stopListening) stop();
      await this.#sayGoodbye().catch(() => {});
      signals.send('work');
      this.#parts.onProgress();
    }
  }

  /** A process that cannot work on the run says so for a while: who began it does not wait for it. */
  #sayGoodbye(): Promise<unknown> {
    const { workers } = this.#parts;
    if (this.#leftFor === undefined) return workers.leave(this.#id);
    const { run } = this.#work;
    const worker = { id: this.#id, machine: hostname(), run, providers: none, groups: 0 };
    return workers.beat(worker, processOwner);
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
        const room = slots.takeAll();
        const claimed = room > 0 ? await this.#claim(room) : [];
        slots.give(room - claimed.length);
        for (const group of claimed) this.#begin(group);
        // Other panels see that there is work in hand before the next beat.
        if (claimed.length && this.#reportedGroups === 0) void this.#beat();
        if (claimed.length) continue;
      }
      if (this.#inHand.size === 0) {
        await this.#asking;
        if (this.#askAgain) this.stop(this.#askAgain);
        this.#askAgain = undefined;
        await this.#asking;
        const outcome = await workers.tryEnd(run, now());
        if (outcome || this.#ending === 'leaves') return outcome;
      }
      await this.#sleeper.sleep(lookMs);
    }
  }

  async #claim(room: number): Promise<ClaimedGroup[]> {
    try {
      return await this.#parts.groups.claim(this.#work.run, processOwner, room, this.#choice());
    } catch (error) {
      this.#work.slots.give(room);
      throw error;
    }
  }

  /** Who began a run tries what nobody else can: then the run says what is missing. */
  #choice(): ProviderChoice {
    if (this.#work.mock) return {};
    const usable = this.#usable.filter((name) => !this.#refused.has(name));
    if (!this.#work.pages) return { only: usable };
    return { except: this.#elsewhere.filter((provider) => !usable.includes(provider)) };
  }

  /** A fault ends the run; a helper that lost its database only leaves. */
  #stopFor(error: unknown): void {
    const code = error instanceof AppError ? error.code : 'internal_error';
    const reason = error instanceof Error ? error.message : String(error);
    if (!(error instanceof AppError)) this.#parts.log.error(`translation run: ${String(error)}`);
    if (code === 'ledger_unavailable' && !this.#work.pages) this.leave(reason);
    else this.stop({ asked: 'wait', code, reason });
  }

  #begin(group: ClaimedGroup): void {
    const task = this.#sender
      .send(group)
      .then((sent) => this.#judge(sent, group))
      .catch((error: unknown) => this.#stopFor(error))
      .finally(() => {
        this.#inHand.delete(group.id);
        this.#work.slots.give(1);
        this.#sleeper.wake();
        this.#parts.onProgress();
      });
    this.#inHand.set(group.id, task);
  }

  async #judge(sent: Sent, group: ClaimedGroup): Promise<void> {
    switch (sent.what) {
      case 'over':
        return this.#count(sent.lines, sent.message);
      case 'limit':
        return this.#overLimit(sent.bound);
      case 'wait':
        // Whatever is under way may come to less than was reserved for it.
        return void (await new Sleeper().sleep(lookMs / 4));
      case 'refused': {
        const { code, reason } = sent;
        if (this.#work.pages || code === 'budget_exceeded') return this.stop({ asked: 'wait', code, reason });
        this.#refused.add(group.provider);
        this.#parts.log.warn(`this machine sends nothing more to ${group.provider}: ${reason}`);
        return void (await this.#beat());
      }
      case 'differs':
        return this.leave(sent.reason);
      default:
    }
  }

  async #overLimit(bound: number | null): Promise<void> {
    const row = await this.#parts.runs.get(this.#work.run);
    const next = bound === null ? 'an amount that nobody knows' : `up to $${bound.toFixed(4)}`;
    const [limit, spent] = [usdOf(row?.limit_nano ?? 0), usdOf(row?.spent_nano ?? 0)];
    const reason = `the limit of $${limit} is reached: $${spent.toFixed(4)} is spent or reserved, and the next request could cost ${next}`;
    this.stop({ asked: 'wait', code: 'budget_exceeded', reason });
  }

  /** Ten requests in a row without one usable line: something is wrong that more money does not cure. */
  #count(lines: number, why: string): void {
    this.#failures = lines > 0 ? 0 : this.#failures + 1;
    if (this.#failures < failuresInARow) return;
    const reason = `${this.#failures} requests in a row brought nothing, the last with: ${why}`;
    this.stop({ asked: 'wait', code: 'failed_groups', reason });
  }

  async #drained(): Promise<void> {
    await Promise.allSettled(this.#inHand.values());
    await this.#asking;
  }

  /** Says that this process is alive, hears what is asked of the run, and looks for others that are not. */
  async #beat(): Promise<void> {
    const { workers, groups, runs, now } = this.#parts;
    const { run, project } = this.#work;
    const at = performance.now();
    try {
      const wait = this.waits.current;
      this.#reportedGroups = this.#inHand.size;
      const waits_for = wait && JSON.stringify(wait);
      const worker = { id: this.#id, machine: hostname(), run, groups: this.#reportedGroups, waits_for };
      this.#usable = this.#parts.chat.usableProviders();
      const providers = JSON.stringify(this.#usable.filter((name) => !this.#refused.has(name)));
      const found = await workers.beat({ ...worker, providers }, processOwner);
      await groups.renew([...this.#inHand.keys()], processOwner);
      // After a pause of the database all leases are old: whoever is alive gets the time to say so.
      if (this.#lastBeat > 0 && at - this.#lastBeat < beatMs * 2 && (await groups.expire(run, now())) > 0) {
        await runs.hold(project);
        this.#parts.onProgress();
      }
      this.#lastBeat = at;
      this.#elsewhere = await this.#providersElsewhere();
      if (found?.state !== 'running' || found.asked !== null) this.#endWaits.abort();
      if (found?.asked === 'give_up') this.giveUp();
    } catch {
      // The next beat tries again; leases last for several.
    }
    this.#sleeper.wake();
  }

  /** What a process says of this run counts more than what it says while it waits for one. */
  async #providersElsewhere(): Promise<string[]> {
    const { run } = this.#work;
    const others = (await this.#parts.workers.present()).filter(({ id }) => id !== this.#id);
    const here = new Set(others.filter((other) => other.run === run).map(({ id }) => id));
    return others
      .filter((other) => other.run === run || (other.run === null && !here.has(`${other.id}/${run}`)))
      .flatMap((other) => JSON.parse(other.providers) as string[]);
  }
}
