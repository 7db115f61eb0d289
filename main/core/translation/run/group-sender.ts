import { randomUUID } from 'node:crypto';
import { spentOn } from '../../chat/cost/failed-call-cost.ts';
import { AppError } from '../../lib/app-error.ts';
import type { BulkCall, RequestContext } from '../../lib/request-context.ts';
import { limitWaitCode } from '../../rate-limits/turn.ts';
import { cachedPrefix } from '../plan/cache-prefix.ts';
import { storedRequest } from '../plan/scene-request.ts';
import type { ExactRequest } from '../plan/scene-planner.ts';
import { plannedUnits, type ClaimedGroup, type GroupEnd } from '../store/group-store.ts';
import type { MarkSentResult } from '../store/mark-sent.ts';
import type { PendingUnit } from '../store/unit-store.ts';
import { CacheGate } from './cache-gate.ts';
import { cacheOf, newGroup, plannedBytes } from './group-rows.ts';
import { judgeFailure } from './judge-failure.ts';
import { replyOf, type Reply } from './judge-reply.ts';
import { processOwner } from './process-owner.ts';
import { readReply } from './follow-up-groups.ts';
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

/** Whether a group was marked as sent; `failed`: the database was unavailable. */
type Mark = 'not_tried' | 'failed' | MarkSentResult;

interface FailedCall {
  error: AppError;
  /** The group is marked as sent. If not, nothing was sent and nothing is reserved. */
  isMarked: boolean;
  /** USD of attempts that were billed. */
  cost: number;
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
    const permission = await this.#cacheGate.enter(this.#billedPrefix(scene), this.#options.waitSignal);
    if (!permission) return this.#putBack(group);
    const progress: { mark: Mark } = { mark: 'not_tried' };
    const bulk: BulkCall = {
      signal: this.#options.waitSignal,
      onWait: (wait) => this.#options.waits.set(group.id, wait),
      // Runs after the wait for the provider's limits: if the process is killed during the wait, nothing was sent.
      beforeSending: async () => {
        progress.mark = 'failed';
        progress.mark = await groups.markSent(group.id, processOwner, now());
        if (progress.mark !== 'sent')
          throw new AppError('cancelled', 'the group may not be sent now', { sent: false });
        permission.sent();
      },
    };
    try {
      const answer = await chat.send(scene.call, { ...this.#context(), bulk });
      permission.end(true);
      const bill = { cost: spentOn(answer, group.bound), ...cacheOf(answer) };
      return await this.#saveReply(group, units, replyOf(answer), bill);
    } catch (error) {
      const { mark } = progress;
      if (!(error instanceof AppError) || mark === 'failed') throw error;
      if (mark !== 'not_tried' && mark !== 'sent') return this.#notMarked(group, mark);
      return this.#handleFailure(group, units, scene, error, mark === 'sent');
    } finally {
      permission.end(false);
    }
  }

  /** Names the prefix that the provider charges for writing to its cache; null if there is none. */
  #billedPrefix({ call, plan: { resolved, model } }: ExactRequest): string | null {
    const prefix = this.#order.mock ? null : cachedPrefix(call, resolved.provider);
    return prefix?.isBilled ? `${resolved.provider.name}/${model.id} ${prefix.name}` : null;
  }

  async #notMarked(group: ClaimedGroup, mark: Exclude<MarkSentResult, 'sent'>): Promise<SendResult> {
    if (mark !== 'lost') await this.#putBack(group);
    if (mark === 'over_limit') return { what: 'limit', bound: group.bound };
    return { what: mark === 'wait' ? 'wait' : 'returned' };
  }

  #context(): RequestContext {
    const { signal } = this.#options;
    return { requestId: randomUUID(), door: this.#order.door, signal, stickTo: this.#order.project };
  }

  async #handleFailure(
    group: ClaimedGroup,
    units: readonly PendingUnit[],
    { plan: { resolved, model } }: ExactRequest,
    error: AppError,
    isMarked: boolean,
  ): Promise<SendResult> {
    const { code, details } = error;
    const { verdict, usd: cost } = judgeFailure(error, isMarked && resolved.provider.kind === 'cloud');
    const failed = { error, isMarked, cost };
    // One key was refused and no other has capacity: the group waits as if it had not been sent.
    if (isMarked && details?.['upstream_code'] === limitWaitCode) return this.#putBack(group, failed);
    switch (verdict.what) {
      case 'paid': {
        const source = { model: `${resolved.provider.name}/${model.id}`, mock: false };
        const reply = { ...source, text: verdict.reply, cut: verdict.cut };
        return this.#saveReply(group, units, reply, { cost }, error);
      }
      case 'unknown':
        await this.#end(group, 'unknown', { ...failed, cost: cost || (group.bound ?? 0) });
        await this.#parts.runs.hold(this.#order.project);
        return { what: 'ended', lines: 0, message: error.message };
      case 'failed':
        return this.#end(group, 'failed', failed);
      case 'retry':
        return this.#retryLater(group, failed, verdict.waitMs);
      case 'pause':
        // The database was lost before money was reserved; by the next attempt it may be back.
        if (code === 'ledger_unavailable' && group.attempts < maxAttempts - 1)
          return this.#retryLater(group, failed, ledgerWaitMs);
        await this.#putBack(group, failed);
        return { what: 'refused', code, reason: verdict.reason };
      case 'cancelled':
        return this.#putBack(group, failed);
    }
  }

  /** Any process may claim the group again. */
  async #putBack(
    group: ClaimedGroup,
    { isMarked, cost }: Pick<FailedCall, 'isMarked' | 'cost'> = { isMarked: false, cost: 0 },
  ): Promise<SendResult> {
    const { groups } = this.#parts;
    if (isMarked) await groups.resetToPlanned(group.id, 0, cost);
    else await groups.putBack(group.id, processOwner);
    return { what: 'returned' };
  }

  /** Nothing was billed: any process may try again after a wait, up to `maxAttempts` times. */
  async #retryLater(group: ClaimedGroup, failed: FailedCall, waitMs: number): Promise<SendResult> {
    const { groups } = this.#parts;
    if (group.attempts + 1 >= maxAttempts) return this.#end(group, 'failed', failed);
    const wait = Math.min(maxWaitMs, waitMs * 2 ** group.attempts) * (1 + Math.random() / 4);
    if (failed.isMarked) await groups.resetToPlanned(group.id, wait, failed.cost);
    else await groups.tryLater(group.id, processOwner, wait);
    return { what: 'returned' };
  }

  /** Ends a group without a reply. Its lines do not change; the next run sends them again unless they may be paid. */
  async #end(
    { id }: ClaimedGroup,
    state: 'failed' | 'unknown',
    { error: { code, message }, cost }: FailedCall,
  ): Promise<SendResult> {
    await this.#parts.groups.finish({ id, state, cost, code, message, ended: this.#parts.now() }, null, []);
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
    const { project, run } = this.#order;
    const { texts, aligned, followUps } = await readReply(reply, units, this.#order, async (lines, kind) => {
      const scene = await this.#parts.planner.planGroup(lines, this.#order, this.#context());
      return newGroup(scene, { project, run, kind, position: group.position });
    });
    const { code = null, message = null } = error ?? {};
    const now = this.#parts.now();
    const end = { id: group.id, state: 'done', ...bill, code, message, ended: now } as const;
    await this.#parts.groups.finish(end, { ...texts, now }, followUps);
    const reason = message ?? 'no line of the reply had a number that was requested';
    return { what: 'ended', lines: aligned, message: reason };
  }

  async #unitsOf(group: ClaimedGroup): Promise<PendingUnit[]> {
    const planned = plannedUnits(group);
    const ids = planned.map(([id]) => id);
    const rows = await this.#parts.units.byIds(this.#order.project, ids);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return planned.map(([id, pair]) => {
      const row = byId.get(id);
      if (!row || row.pair !== pair) throw new AppError('internal_error', `unit ${id} changed during a run`);
      return row;
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
    const request = storedRequest(group);
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
      const request = storedRequest(group);
      const exact = await this.#parts.planner.exactRequest(request, this.#context());
      if (exact.plan.sha256 === group.sha256) return exact;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { differs: `this machine cannot make the run’s requests (${error.message}): ${remedy}` };
    }
    return { differs: `this machine would send other bytes than the run has planned: ${remedy}` };
  }
}
