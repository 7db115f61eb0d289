import { randomUUID } from 'node:crypto';
import { spentOn } from '../../chat/cost/call-charge.ts';
import { AppError } from '../../lib/app-error.ts';
import type { BulkCall, RequestContext } from '../../lib/request-context.ts';
import { limitWaitCode } from '../../rate-limits/turn.ts';
import { cachedFront } from '../plan/cache-front.ts';
import type { GroupPackRequest } from '../plan/scene-request.ts';
import type { ExactRequest } from '../plan/scene-planner.ts';
import type { ClaimedGroup, GroupEnd } from '../store/group-store.ts';
import type { MarkedSent } from '../store/mark-sent.ts';
import type { PendingUnit } from '../store/unit-store.ts';
import { memoryLanguage } from '../units/memory-language.ts';
import { CacheGate } from './cache-gate.ts';
import { cacheOf, newGroup, plannedBytes } from './group-rows.ts';
import { judgeFailure } from './judge-failure.ts';
import { judgeReply, type Reply } from './judge-reply.ts';
import { processOwner } from './process-owner.ts';
import { restOf } from './rest-of-reply.ts';
import type { RunOrder, RunParts } from './run-order.ts';
import type { RunWaits } from './run-waits.ts';

/** What one attempt at a group came to. */
export type Sent =
  /** It is over; `lines` are those that it brought a text for. */
  | { what: 'over'; lines: number; message: string }
  /** It was put back: nothing was billed, and whoever is free takes it again. */
  | { what: 'back' }
  /** The money for it may come free again. */
  | { what: 'wait' }
  | { what: 'limit'; bound: number | null }
  /** No further call of this process can fare better. */
  | { what: 'refused'; code: string; reason: string }
  /** This machine would send other bytes than the run has. */
  | { what: 'differs'; reason: string };

const tries = 5;
const maxWaitMs = 60_000;
const ledgerWaitMs = 5000;

export interface SendOptions {
  /** Gives up requests under way. */
  signal: AbortSignal;
  /** Ends waits for a provider's limits: those groups are put back. */
  waitSignal: AbortSignal;
  waits: RunWaits;
  /** Where this machine began the run: what its registry, packs or settings say now is what is sent. */
  mayReplan: boolean;
}

/** A call that failed. */
interface Failed {
  error: AppError;
  reply: Omit<Reply, 'text'>;
  /** The group is marked as sent; else nothing was sent, and no money is held for it. */
  isMarked: boolean;
  /** The provider sends bills. */
  billed: boolean;
}

/** Sends one group and keeps what is right of its reply. */
export class GroupSender {
  readonly #parts: RunParts;
  readonly #order: RunOrder;
  readonly #options: SendOptions;
  readonly #cacheGate = new CacheGate();

  constructor(parts: RunParts, order: RunOrder, options: SendOptions) {
    [this.#parts, this.#order, this.#options] = [parts, order, options];
  }

  async send(group: ClaimedGroup): Promise<Sent> {
    const { groups, chat, now } = this.#parts;
    const units = await this.#unitsOf(group);
    const scene = await this.#planAgain(group, units);
    if ('differs' in scene) {
      await groups.putBack(group.id, processOwner);
      return { what: 'differs', reason: scene.differs };
    }
    const { resolved, model } = scene.plan;
    const from = `${resolved.provider.name}/${model.id}`;
    const front = this.#order.mock ? null : cachedFront(scene.call, resolved.provider);
    const turn = await this.#cacheGate.enter(
      front?.isBilled ? `${from} ${front.name}` : null,
      this.#options.waitSignal,
    );
    if (!turn) {
      await groups.putBack(group.id, processOwner);
      return { what: 'back' };
    }
    const mark: { isTried: boolean; result?: MarkedSent } = { isTried: false };
    const bulk: BulkCall = {
      signal: this.#options.waitSignal,
      onWait: (wait) => this.#options.waits.set(group.id, wait),
      // After the wait for the provider's limits: a process that is killed while it waits leaves nothing in doubt.
      beforeSending: async () => {
        mark.isTried = true;
        mark.result = await groups.markSent(group.id, processOwner, now(), group.bound);
        if (mark.result !== 'sent')
          throw new AppError('cancelled', 'the group is not to be sent now', { sent: false });
        turn.sent();
      },
    };
    const reply = { model: from, mock: false };
    try {
      const answer = await chat.send(scene.call, { ...this.#context(), bulk });
      turn.end(true);
      const { data, mock } = answer;
      const cost = spentOn(answer, group.bound);
      // A reply that was mended may end in half a line: it is read as it came.
      const json = data.repaired ? {} : { json: data.json };
      const cut = data.finish_reason === 'length';
      const given = { text: answer.reply, ...json, cut, model: `${answer.provider}/${answer.model}`, mock };
      return await this.#take(group, units, given, { cost, ...cacheOf(answer) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { isTried, result } = mark;
      if (result === undefined && isTried) throw error;
      if (result !== undefined && result !== 'sent') return this.#notMarked(group, result);
      const isMarked = result === 'sent';
      const billed = isMarked && chat.resolve(scene.call).provider.kind === 'cloud';
      return this.#failed(group, units, { error, reply, isMarked, billed });
    } finally {
      turn.end(false);
    }
  }

  async #notMarked(group: ClaimedGroup, result: Exclude<MarkedSent, 'sent'>): Promise<Sent> {
    if (result !== 'lost') await this.#parts.groups.putBack(group.id, processOwner);
    if (result === 'over') return { what: 'limit', bound: group.bound };
    return { what: result === 'wait' ? 'wait' : 'back' };
  }

  #context(): RequestContext {
    const { signal } = this.#options;
    return { requestId: randomUUID(), door: this.#order.door, signal, stickTo: this.#order.project };
  }

  async #failed(group: ClaimedGroup, units: readonly PendingUnit[], failed: Failed): Promise<Sent> {
    const { runs, groups, now } = this.#parts;
    const { error, reply, billed, isMarked } = failed;
    const { code, message, details } = error;
    const { verdict, usd: cost } = judgeFailure(error, billed);
    // One key was refused, and no other has room: it waits for that as a group that was not sent.
    if (isMarked && details?.['upstream_code'] === limitWaitCode) return this.#putBack(group, cost, isMarked);
    switch (verdict.what) {
      case 'paid':
        return this.#take(group, units, { ...reply, text: verdict.reply, cut: verdict.cut }, { cost }, error);
      case 'unknown': {
        const known = cost || (group.bound ?? 0);
        const end = { id: group.id, state: 'unknown', cost: known, code, message, ended: now() } as const;
        await groups.finish(end, null, []);
        await runs.hold(this.#order.project);
        return { what: 'over', lines: 0, message };
      }
      case 'failed':
        return this.#fail(group, error, cost);
      case 'again':
        return this.#again(group, failed, cost, verdict.waitMs);
      case 'pause':
        // The database went away before the money was reserved: another try has the time to see it come back.
        if (code === 'ledger_unavailable' && group.attempts < tries - 1)
          return this.#again(group, failed, cost, ledgerWaitMs);
        await this.#putBack(group, cost, isMarked);
        return { what: 'refused', code, reason: verdict.reason };
      default:
        return this.#putBack(group, cost, isMarked);
    }
  }

  async #putBack(group: ClaimedGroup, cost: number, isMarked: boolean): Promise<Sent> {
    const { groups } = this.#parts;
    if (isMarked) await groups.resetToPlanned(group.id, 0, cost);
    else await groups.putBack(group.id, processOwner);
    return { what: 'back' };
  }

  /** Nothing was billed: whoever is free tries again after a while, until it was tried often enough. */
  async #again(
    group: ClaimedGroup,
    { error, isMarked }: Failed,
    cost: number,
    waitMs: number,
  ): Promise<Sent> {
    const { groups } = this.#parts;
    if (group.attempts + 1 >= tries) return this.#fail(group, error, cost);
    const wait = Math.min(maxWaitMs, waitMs * 2 ** group.attempts) * (1 + Math.random() / 4);
    if (isMarked) await groups.resetToPlanned(group.id, wait, cost);
    else await groups.tryLater(group.id, processOwner, wait);
    return { what: 'back' };
  }

  /** Its lines stay as they were, and the next run sends them again. */
  async #fail(group: ClaimedGroup, { code, message }: AppError, cost: number): Promise<Sent> {
    const ended = this.#parts.now();
    await this.#parts.groups.finish({ id: group.id, state: 'failed', cost, code, message, ended }, null, []);
    return { what: 'over', lines: 0, message };
  }

  /** Keeps what is right of a reply, and plans to ask for the rest: in halves, then line by line. */
  async #take(
    group: ClaimedGroup,
    units: readonly PendingUnit[],
    reply: Reply,
    bill: Pick<GroupEnd, 'cost' | 'cache'>,
    error?: AppError,
  ): Promise<Sent> {
    const { retry, project, run, settings, rulesOf } = this.#order;
    const judged = judgeReply(reply, units, rulesOf, retry);
    const { texts, rest } = await restOf(judged, units, reply, retry, async (lines, kind) => {
      const scene = await this.#parts.planner.planGroup(lines, this.#order, this.#context());
      return newGroup(scene, { project, run, kind, position: group.position });
    });
    const now = this.#parts.now();
    const { code = null, message = null } = error ?? {};
    const save = { project, language: memoryLanguage(settings.target_language), now, texts };
    const end = { id: group.id, state: 'done', ...bill, code, message, ended: now } as const;
    await this.#parts.groups.finish(end, save, rest);
    const why = message ?? 'no line of the reply had a number that was asked for';
    return { what: 'over', lines: judged.aligned, message: why };
  }

  async #unitsOf(group: ClaimedGroup): Promise<PendingUnit[]> {
    const wanted = JSON.parse(group.units) as [string, string][];
    const ids = wanted.map(([id]) => id);
    const rows = await this.#parts.units.byIds(this.#order.project, ids);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return wanted.flatMap(([id, pair]) => {
      const row = byId.get(id);
      if (!row || row.pair !== pair) throw new AppError('internal_error', `unit ${id} changed during a run`);
      return [row];
    });
  }

  /**
   * The bytes that the plan has. Where registry, pack or settings changed since, the row has the new ones first; on a
   * machine that did not begin the run, nothing is sent then.
   */
  async #planAgain(
    group: ClaimedGroup,
    units: readonly PendingUnit[],
  ): Promise<ExactRequest | { differs: string }> {
    const { planner, groups } = this.#parts;
    const latest = this.#order.settings.context === 'latest' && group.kind !== 'retry';
    if (!this.#options.mayReplan) {
      const planned = await this.#planStored(group);
      if ('differs' in planned || !latest) return planned;
    }
    const request = JSON.parse(group.request ?? '{}') as GroupPackRequest;
    if (!latest) {
      const exact = await planner.exactRequest(request, this.#context());
      if (exact.plan.sha256 === group.sha256) return exact;
    }
    const scene = latest
      ? await planner.planGroup(units, this.#order, this.#context())
      : await planner.planRequest(request, this.#context());
    if (scene.plan.sha256 !== group.sha256) await groups.replan(group.id, plannedBytes(scene));
    return scene;
  }

  async #planStored(group: ClaimedGroup): Promise<ExactRequest | { differs: string }> {
    const remedy = 'give it the version, registry, presets and prompt packs of the machine that began it';
    try {
      const request = JSON.parse(group.request ?? '{}') as GroupPackRequest;
      const exact = await this.#parts.planner.exactRequest(request, this.#context());
      if (exact.plan.sha256 === group.sha256) return exact;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { differs: `this machine cannot make the run’s requests (${error.message}): ${remedy}` };
    }
    return { differs: `this machine would send other bytes than the run has planned: ${remedy}` };
  }
}
