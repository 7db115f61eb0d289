import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PackRequest } from '../../../../contract/prompt-pack.ts';
import type { ChatService } from '../../chat/chat-service.ts';
import { spentOn } from '../../chat/cost/call-charge.ts';
import type { GroupRow, RunState } from '../../database/translation-tables.ts';
import { AppError } from '../../lib/app-error.ts';
import type { Log } from '../../lib/log/log.ts';
import type { BulkCall, RequestContext } from '../../lib/request-context.ts';
import { splitRest } from '../align/split-rest.ts';
import type { CheckRules } from '../checks/check-translation.ts';
import type { PlanOrder, PlannedScene, ScenePlanner, UnitPages } from '../plan/scene-planner.ts';
import type { NewGroup, RunStore } from '../store/run-store.ts';
import type { NewText } from '../store/text-store.ts';
import type { PendingUnit, UnitStore } from '../store/unit-store.ts';
import { asRow, newGroup, plannedBytes } from './group-rows.ts';
import { judgeFailure } from './judge-failure.ts';
import { memoryLanguage } from '../units/memory-language.ts';
import { judgeReply, unansweredText, type JudgedReply, type Reply } from './judge-reply.ts';
import { RunWaits } from './run-waits.ts';
import { processOwner } from './process-owner.ts';
import { RunMoney } from './run-money.ts';

export interface RunParts {
  chat: ChatService;
  planner: ScenePlanner;
  runs: RunStore;
  units: UnitStore;
  log: Log;
  now(): number;
  /** Called when something was written. */
  onProgress(): void;
}

export interface RunOrder extends PlanOrder {
  run: string;
  /** Units to translate, page by page. */
  pages: UnitPages;
  rulesOf(unit: PendingUnit): CheckRules;
  /** USD that the project may still come to, with all that it has cost. */
  limit: number;
  spent: number;
  door: RequestContext['door'];
}

export interface RunEnd {
  state: RunState;
  code: string | null;
  reason: string | null;
}

/** What one request came to. With `waitMs` it failed for nothing, and the group is planned as before. */
interface Tried {
  cost: number;
  waitMs?: number;
  failure?: AppError;
}

const failuresInARow = 10;
const tries = 5;
const maxWaitMs = 60_000;
const pageSize = 50;
const beatMs = 10_000;

/** The groups of one run, sent so many at a time, each once unless its failure cost nothing. */
export class ProjectRun {
  readonly #parts: RunParts;
  readonly #order: RunOrder;
  readonly #money: RunMoney;
  readonly #abort = new AbortController();
  /** Wakes whoever waits for another try. */
  readonly #woken = new AbortController();
  /** For the provider's limits. */
  readonly waits: RunWaits;
  #end: RunEnd | undefined;
  #failures = 0;
  #lastFailure = '';
  #failedGroups = 0;
  #queue: GroupRow[] = [];
  #position = -1;

  constructor(parts: RunParts, order: RunOrder) {
    this.#parts = parts;
    this.#order = order;
    this.#money = new RunMoney(order.limit, order.spent);
    this.waits = new RunWaits(parts.now, parts.onProgress);
    // Every request under way listens, and there are as many as were asked for.
    setMaxListeners(0, this.#abort.signal, this.#woken.signal);
  }

  /** No further group is begun; those under way are waited for. */
  stop(end: RunEnd): void {
    this.#end ??= end;
    this.#woken.abort();
  }

  /** Requests under way are given up: they may have been paid, and become unknown. */
  giveUp(): void {
    this.#abort.abort();
  }

  async run(): Promise<RunEnd> {
    const { runs } = this.#parts;
    const beat = setInterval(() => void this.#beat(), beatMs);
    beat.unref();
    let end: RunEnd;
    try {
      await this.#plan();
      await this.#send();
      end = this.#end ?? this.#done();
    } catch (error) {
      if (!(error instanceof AppError)) this.#parts.log.error(`translation run: ${String(error)}`);
      const code = error instanceof AppError ? error.code : 'internal_error';
      end = { state: 'waiting', code, reason: error instanceof Error ? error.message : String(error) };
    } finally {
      clearInterval(beat);
    }
    await runs.end(this.#order.run, { ...end, ended_at: this.#parts.now() });
    return end;
  }

  #done(): RunEnd {
    if (this.#failedGroups === 0) return { state: 'done', code: null, reason: null };
    const reason = `${this.#failedGroups} requests failed, the last with: ${this.#lastFailure}; run again to send their lines`;
    return { state: 'done', code: 'failed_groups', reason };
  }

  async #beat(): Promise<void> {
    const asked = await this.#parts.runs
      .beat(this.#order.run, processOwner, this.#parts.now())
      .catch(() => null);
    if (asked === 'pause') this.stop({ state: 'paused', code: null, reason: null });
    if (asked === 'cancel') this.stop({ state: 'cancelled', code: null, reason: null });
  }

  #context(): RequestContext {
    return { requestId: randomUUID(), door: this.#order.door, signal: this.#abort.signal };
  }

  /** Every request is made, and its bytes are in the database, before the first one is sent. */
  async #plan(): Promise<void> {
    const { planner, runs } = this.#parts;
    const order = this.#order;
    let [groups, units] = [0, 0];
    let rows: NewGroup[] = [];
    for await (const lines of planner.groups(order.pages, order)) {
      if (this.#end) break;
      const scene = await planner.planGroup(lines, order, this.#context());
      rows.push(this.#row(scene, order.retry ? 'retry' : 'scene', groups));
      groups++;
      units += lines.length;
      if (rows.length < pageSize) continue;
      await runs.addGroups(rows);
      rows = [];
    }
    await runs.addGroups(rows);
    await runs.setTotals(order.run, groups, units);
    this.#parts.onProgress();
  }

  #row(scene: PlannedScene, kind: GroupRow['kind'], position: number): NewGroup {
    const { project, run } = this.#order;
    return newGroup(scene, { project, run, kind, position });
  }

  async #next(): Promise<GroupRow | undefined> {
    if (this.#queue.length === 0) {
      const more = await this.#parts.runs.planned(this.#order.run, this.#position, pageSize);
      this.#position = more.at(-1)?.position ?? this.#position;
      // A group that ended meanwhile may have left lines to ask for again.
      this.#queue.push(...more);
    }
    return this.#queue.shift();
  }

  async #send(): Promise<void> {
    const running = new Set<Promise<void>>();
    const failed: unknown[] = [];
    const free = async (max: number) => {
      while (running.size > max) await Promise.race(running);
    };
    while (!this.#end && failed.length === 0) {
      const group = await this.#next();
      if (!group) {
        // What is under way may bring lines to ask for again.
        if (running.size === 0) break;
        await Promise.race(running);
        continue;
      }
      while (running.size && !this.#money.maySpend(group.bound)) await Promise.race(running);
      if (this.#end) break;
      if (!this.#money.maySpend(group.bound)) {
        this.#overLimit(group.bound);
        break;
      }
      this.#money.begin(group.bound);
      const task = this.#work(group)
        .catch((error: unknown) => {
          failed.push(error);
          this.#woken.abort();
        })
        .finally(() => running.delete(task));
      running.add(task);
      await free(this.#order.settings.concurrency - 1);
    }
    await free(0);
    if (failed.length) throw failed[0];
  }

  #overLimit(bound: number | null): void {
    const next = bound === null ? 'an amount that nobody knows' : `up to $${bound.toFixed(4)}`;
    const { limit } = this.#order;
    const reason = `the limit of $${limit} is reached: $${this.#money.spent.toFixed(4)} is spent, and the next request could cost ${next}`;
    this.stop({ state: 'waiting', code: 'budget_exceeded', reason });
  }

  /** One group, until it is answered, given back or given up. */
  async #work(group: GroupRow): Promise<void> {
    let cost = 0;
    try {
      for (let attempt = 1; ; attempt++) {
        const result = await this.#once(group);
        cost += result.cost;
        if (result.waitMs === undefined) return;
        if (attempt === tries || this.#end) {
          if (!this.#end) await this.#fail(group, result.failure, result.cost);
          return;
        }
        const wait = Math.min(maxWaitMs, result.waitMs * 2 ** (attempt - 1)) * (1 + Math.random() / 4);
        await sleep(wait, undefined, { signal: this.#woken.signal }).catch(() => {});
        if (this.#end) return;
      }
    } finally {
      this.#money.end(group.bound, cost);
      this.#parts.onProgress();
    }
  }

  async #once(group: GroupRow): Promise<Tried> {
    const { runs, chat, now } = this.#parts;
    const units = await this.#unitsOf(group);
    const scene = await this.#planAgain(group, units);
    let isTakenElsewhere = false;
    const bulk: BulkCall = {
      signal: this.#woken.signal,
      onWait: (wait) => this.waits.set(group.id, wait),
      beforeSending: async () => {
        isTakenElsewhere = !(await runs.markSent(group.id, processOwner, now()));
        if (isTakenElsewhere) throw new AppError('cancelled', 'another process sends this request');
      },
    };
    const reply = { model: `${scene.shown.provider}/${scene.shown.model}`, mock: false };
    try {
      const answer = await chat.send(scene.call, { ...this.#context(), bulk });
      const { data, mock, provider, model } = answer;
      const cost = spentOn(answer, group.bound);
      // A reply that was mended may end in half a line: it is read as it came.
      const json = data.repaired ? {} : { json: data.json };
      const cut = data.finish_reason === 'length';
      const from = { text: answer.reply, ...json, cut, model: `${provider}/${model}`, mock };
      await this.#take(group, units, from, cost);
      return { cost };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (isTakenElsewhere) return { cost: 0 };
      const billed = chat.resolve(scene.call).provider.kind === 'cloud';
      return this.#failed(group, units, error, reply, billed);
    }
  }

  async #failed(
    group: GroupRow,
    units: readonly PendingUnit[],
    error: AppError,
    reply: Omit<Reply, 'text'>,
    billed: boolean,
  ): Promise<Tried> {
    const { runs, now } = this.#parts;
    const { code, message } = error;
    const { verdict, usd: cost } = judgeFailure(error, billed);
    switch (verdict.what) {
      case 'paid':
        await this.#take(group, units, { ...reply, text: verdict.reply, cut: verdict.cut }, cost, error);
        return { cost };
      case 'unknown': {
        const known = cost || (group.bound ?? 0);
        const end = { id: group.id, state: 'unknown', cost: known, code, message, ended: now() } as const;
        await runs.finish(end, null, []);
        await runs.hold(this.#order.project);
        this.#count(0, message);
        return { cost: known };
      }
      case 'failed':
        await this.#fail(group, error, cost);
        return { cost };
      default:
        await runs.resetToPlanned(group.id);
        if (verdict.what === 'pause') this.stop({ state: 'waiting', code, reason: verdict.reason });
        return verdict.what === 'again' ? { cost, waitMs: verdict.waitMs, failure: error } : { cost };
    }
  }

  /** Its lines stay as they were, and the next run sends them again. */
  async #fail(group: GroupRow, error: AppError | undefined, cost: number): Promise<void> {
    const { code, message } = error ?? { code: 'provider_error', message: 'the provider failed' };
    const ended = this.#parts.now();
    await this.#parts.runs.finish({ id: group.id, state: 'failed', cost, code, message, ended }, null, []);
    this.#failedGroups++;
    this.#lastFailure = message;
    this.#count(0, message);
  }

  /** Ten requests in a row without one usable line: something is wrong that more money does not cure. */
  #count(lines: number, why: string): void {
    this.#failures = lines > 0 ? 0 : this.#failures + 1;
    if (this.#failures < failuresInARow) return;
    const reason = `${this.#failures} requests in a row brought nothing, the last with: ${why}`;
    this.stop({ state: 'waiting', code: 'failed_groups', reason });
  }

  /** Keeps what is right of a reply, and plans to ask for the rest: in halves, then line by line. */
  async #take(
    group: GroupRow,
    units: readonly PendingUnit[],
    reply: Reply,
    cost: number,
    error?: AppError,
  ): Promise<void> {
    const { retry, project, settings } = this.#order;
    const judged = judgeReply(reply, units, this.#order.rulesOf, retry);
    const { texts, rest } = await this.#restOf(group, units, judged, reply);
    const now = this.#parts.now();
    const { code = null, message = null } = error ?? {};
    const save = { project, language: memoryLanguage(settings.target_language), now, texts };
    await this.#parts.runs.finish(
      { id: group.id, state: 'done', cost, code, message, ended: now },
      save,
      rest,
    );
    // After what waits already: a model that answers nothing is found out before single lines are given up.
    this.#queue.push(...rest.map(asRow));
    this.#count(judged.aligned, message ?? 'no line of the reply had a number that was asked for');
  }

  async #restOf(
    group: GroupRow,
    units: readonly PendingUnit[],
    { texts, rest }: JudgedReply,
    reply: Reply,
  ): Promise<{ texts: NewText[]; rest: NewGroup[] }> {
    // Asked again, what is there stays.
    if (this.#order.retry) return { texts, rest: [] };
    if (units.length === 1)
      return {
        texts: [...texts, ...rest.map(({ unit, reason }) => unansweredText(unit, reason, reply))],
        rest: [],
      };
    const parts = splitRest(rest.map(({ unit }) => unit));
    const groups: NewGroup[] = [];
    for (const lines of parts) {
      const scene = await this.#parts.planner.planGroup(lines, this.#order, this.#context());
      groups.push(this.#row(scene, lines.length === 1 ? 'single' : 'rest', group.position));
    }
    return { texts, rest: groups };
  }

  async #unitsOf(group: GroupRow): Promise<PendingUnit[]> {
    const wanted = JSON.parse(group.units) as [string, string][];
    const rows = await this.#parts.units.byIds(
      this.#order.project,
      wanted.map(([id]) => id),
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return wanted.flatMap(([id, pair]) => {
      const row = byId.get(id);
      if (!row || row.pair !== pair) throw new AppError('internal_error', `unit ${id} changed during a run`);
      return [row];
    });
  }

  /** The bytes that the plan has; where registry, pack or settings changed since, the row has the new ones first. */
  async #planAgain(group: GroupRow, units: readonly PendingUnit[]): Promise<PlannedScene> {
    const { planner, runs } = this.#parts;
    const latest = this.#order.settings.context === 'latest' && group.kind !== 'retry';
    const scene = latest
      ? await planner.planGroup(units, this.#order, this.#context())
      : {
          lines: units,
          ...(await planner.planRequest(JSON.parse(group.request ?? '{}') as PackRequest, this.#context())),
        };
    if (scene.plan.sha256 !== group.sha256) await runs.replan(group.id, plannedBytes(scene));
    return scene;
  }
}
