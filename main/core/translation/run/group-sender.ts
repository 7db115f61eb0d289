import { randomUUID } from 'node:crypto';
import { spentOn } from '../../chat/cost/failed-call-cost.ts';
import { AppError } from '../../lib/app-error.ts';
import type { BulkCall, RequestContext } from '../../lib/request-context.ts';
import { limitWaitCode } from '../../rate-limits/turn.ts';
import { cachedPrefix } from '../plan/cache-prefix.ts';
import type { GroupPackRequest } from '../plan/scene-request.ts';
import type { ExactRequest } from '../plan/scene-planner.ts';
import type { ClaimedGroup, GroupEnd } from '../store/group-store.ts';
import type { MarkSentResult } from '../store/mark-sent.ts';
import type { PendingUnit } from '../store/unit-store.ts';
import { memoryLanguage } from '../units/memory-language.ts';
import { CacheGate } from './cache-gate.ts';
import { cacheOf, newGroup, plannedBytes } from './group-rows.ts';
import { judgeFailure } from './judge-failure.ts';
import { judgeReply, type Reply } from './judge-reply.ts';
import { processOwner } from './process-owner.ts';
import { withFollowUps } from './follow-up-groups.ts';
import type { RunOrder, RunParts } from './run-order.ts';
import type { RunWaits } from './run-waits.ts';

/** The result of one attempt to send a group. */
export type SendResult =
  /** The group has ended; `lines` is the number of lines with a text. */
  | { what: 'ended'; lines: number; message: string }
  /** Nothing was billed; any process may claim the group again. */
  | { what: 'returned' }
  /** The limit is reached for now: requests in progress may cost less than they reserve. */
  | { what: 'wait' }
  | { what: 'limit'; bound: number | null }
  /** Further calls of this process would fail too. */
  | { what: 'refused'; code: string; reason: string }
  /** This machine would send other bytes than the run has planned. */
  | { what: 'differs'; reason: string };

const maxAttempts = 5;
const maxWaitMs = 60_000;
const ledgerWaitMs = 5000;

export interface SendOptions {
  /** Aborts requests in progress. */
  signal: AbortSignal;
  /** Ends waits for a provider's limits; the waiting groups are returned. */
  waitSignal: AbortSignal;
  waits: RunWaits;
  /** True on the machine that started the run: it may plan again with its current registry, packs and settings. */
  mayReplan: boolean;
}

interface FailedCall {
  error: AppError;
  reply: Omit<Reply, 'text'>;
  /** The group is marked as sent. If not, nothing was sent and nothing is reserved. */
  isMarked: boolean;
  /** The provider charges for calls. */
  billed: boolean;
}

/** Sends groups and stores the valid lines of their replies. */
export class GroupSender {
  readonly #parts: RunParts;
  readonly #order: RunOrder;
  readonly #options: SendOptions;
  readonly #cacheGate = new CacheGate();

  constructor(parts: RunParts, order: RunOrder, options: SendOptions) {
    [this.#parts, this.#order, this.#options] = [parts, order, options];
  }

  async send(group: ClaimedGroup): Promise<SendResult> {
    const { groups, chat, now } = this.#parts;
    const units = await this.#unitsOf(group);
    const scene = await this.#planAgain(group, units);
    if ('differs' in scene) {
      await groups.putBack(group.id, processOwner);
      return { what: 'differs', reason: scene.differs };
    }
    const { resolved, model } = scene.plan;
    const source = `${resolved.provider.name}/${model.id}`;
    const prefix = this.#order.mock ? null : cachedPrefix(scene.call, resolved.provider);
    const permission = await this.#cacheGate.enter(
      prefix?.isBilled ? `${source} ${prefix.name}` : null,
      this.#options.waitSignal,
    );
    if (!permission) {
      await groups.putBack(group.id, processOwner);
      return { what: 'returned' };
    }
    const mark: { isTried: boolean; result?: MarkSentResult } = { isTried: false };
    const bulk: BulkCall = {
      signal: this.#options.waitSignal,
      onWait: (wait) => this.#options.waits.set(group.id, wait),
      // Runs after the wait for the provider's limits: if the process is killed during the wait, nothing was sent.
      beforeSending: async () => {
        mark.isTried = true;
        mark.result = await groups.markSent(group.id, processOwner, now());
        if (mark.result !== 'sent')
          throw new AppError('cancelled', 'the group may not be sent now', { sent: false });
        permission.sent();
      },
    };
    try {
      const answer = await chat.send(scene.call, { ...this.#context(), bulk });
      permission.end(true);
      const { data, mock } = answer;
      const cost = spentOn(answer, group.bound);
      // Repaired JSON may end in half a line, so the original text is read instead.
      const json = data.repaired ? {} : { json: data.json };
      const cut = data.finish_reason === 'length';
      const reply = { text: answer.reply, ...json, cut, model: `${answer.provider}/${answer.model}`, mock };
      return await this.#saveReply(group, units, reply, { cost, ...cacheOf(answer) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { isTried, result } = mark;
      if (result === undefined && isTried) throw error;
      if (result !== undefined && result !== 'sent') return this.#notMarked(group, result);
      const isMarked = result === 'sent';
      const billed = isMarked && chat.resolve(scene.call).provider.kind === 'cloud';
      const reply = { model: source, mock: false };
      return this.#handleFailure(group, units, { error, reply, isMarked, billed });
    } finally {
      permission.end(false);
    }
  }

  async #notMarked(group: ClaimedGroup, result: Exclude<MarkSentResult, 'sent'>): Promise<SendResult> {
    if (result !== 'lost') await this.#parts.groups.putBack(group.id, processOwner);
    if (result === 'over_limit') return { what: 'limit', bound: group.bound };
    return { what: result === 'wait' ? 'wait' : 'returned' };
  }

  #context(): RequestContext {
    const { signal } = this.#options;
    return { requestId: randomUUID(), door: this.#order.door, signal, stickTo: this.#order.project };
  }

  async #handleFailure(
    group: ClaimedGroup,
    units: readonly PendingUnit[],
    call: FailedCall,
  ): Promise<SendResult> {
    const { runs, groups, now } = this.#parts;
    const { error, reply, billed, isMarked } = call;
    const { code, message, details } = error;
    const { verdict, usd: cost } = judgeFailure(error, billed);
    // One key was refused and no other has capacity: the group waits as if it had not been sent.
    if (isMarked && details?.['upstream_code'] === limitWaitCode) return this.#putBack(group, cost, isMarked);
    switch (verdict.what) {
      case 'paid':
        return this.#saveReply(
          group,
          units,
          { ...reply, text: verdict.reply, cut: verdict.cut },
          { cost },
          error,
        );
      case 'unknown': {
        const assumedCost = cost || (group.bound ?? 0);
        const end = { id: group.id, cost: assumedCost, code, message, ended: now() };
        await groups.finish({ ...end, state: 'unknown' }, null, []);
        await runs.hold(this.#order.project);
        return { what: 'ended', lines: 0, message };
      }
      case 'failed':
        return this.#recordFailure(group, error, cost);
      case 'retry':
        return this.#retryLater(group, call, cost, verdict.waitMs);
      case 'pause':
        // The database was lost before money was reserved; by the next attempt it may be back.
        if (code === 'ledger_unavailable' && group.attempts < maxAttempts - 1)
          return this.#retryLater(group, call, cost, ledgerWaitMs);
        await this.#putBack(group, cost, isMarked);
        return { what: 'refused', code, reason: verdict.reason };
      default:
        return this.#putBack(group, cost, isMarked);
    }
  }

  async #putBack(group: ClaimedGroup, cost: number, isMarked: boolean): Promise<SendResult> {
    const { groups } = this.#parts;
    if (isMarked) await groups.resetToPlanned(group.id, 0, cost);
    else await groups.putBack(group.id, processOwner);
    return { what: 'returned' };
  }

  /** Nothing was billed: any process may try again after a wait, up to `maxAttempts` times. */
  async #retryLater(
    group: ClaimedGroup,
    { error, isMarked }: FailedCall,
    cost: number,
    waitMs: number,
  ): Promise<SendResult> {
    const { groups } = this.#parts;
    if (group.attempts + 1 >= maxAttempts) return this.#recordFailure(group, error, cost);
    const wait = Math.min(maxWaitMs, waitMs * 2 ** group.attempts) * (1 + Math.random() / 4);
    if (isMarked) await groups.resetToPlanned(group.id, wait, cost);
    else await groups.tryLater(group.id, processOwner, wait);
    return { what: 'returned' };
  }

  /** The group's lines do not change; the next run sends them again. */
  async #recordFailure(group: ClaimedGroup, { code, message }: AppError, cost: number): Promise<SendResult> {
    const ended = this.#parts.now();
    await this.#parts.groups.finish({ id: group.id, state: 'failed', cost, code, message, ended }, null, []);
    return { what: 'ended', lines: 0, message };
  }

  /** Stores a reply's valid lines, and plans new requests for the others: in halves, then line by line. */
  async #saveReply(
    group: ClaimedGroup,
    units: readonly PendingUnit[],
    reply: Reply,
    bill: Pick<GroupEnd, 'cost' | 'cache'>,
    error?: AppError,
  ): Promise<SendResult> {
    const { retry, project, run, settings, rulesOf } = this.#order;
    const judged = judgeReply(reply, units, rulesOf, retry);
    const { texts, followUps } = await withFollowUps(judged, units, reply, retry, async (lines, kind) => {
      const scene = await this.#parts.planner.planGroup(lines, this.#order, this.#context());
      return newGroup(scene, { project, run, kind, position: group.position });
    });
    const now = this.#parts.now();
    const { code = null, message = null } = error ?? {};
    const save = { project, language: memoryLanguage(settings.target_language), now, texts };
    const end = { id: group.id, state: 'done', ...bill, code, message, ended: now } as const;
    await this.#parts.groups.finish(end, save, followUps);
    const reason = message ?? 'no line of the reply had a number that was requested';
    return { what: 'ended', lines: judged.aligned, message: reason };
  }

  async #unitsOf(group: ClaimedGroup): Promise<PendingUnit[]> {
    const planned = JSON.parse(group.units) as [string, string][];
    const ids = planned.map(([id]) => id);
    const rows = await this.#parts.units.byIds(this.#order.project, ids);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return planned.flatMap(([id, pair]) => {
      const row = byId.get(id);
      if (!row || row.pair !== pair) throw new AppError('internal_error', `unit ${id} changed during a run`);
      return [row];
    });
  }

  /**
   * Builds the group's request again; its bytes equal the planned ones. If the registry, pack or settings changed since
   * the plan, the machine that started the run first stores the new bytes in the row. Other machines send nothing then.
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
