import { storedRequest, type GroupPackRequest } from '../plan/scene-request.ts';
import type { BatchOutcome, BatchResult, RemoteBatch } from '../../../adapters/batches/protocol.ts';
import { spentOn } from '../../chat/cost/failed-call-cost.ts';
import type { BatchRow, GroupRow } from '../../database/translation-tables.ts';
import { AppError } from '../../lib/app-error.ts';
import { codedText } from '../../lib/coded-text.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import type { BatchClient } from '../../provider-batches/batch-client.ts';
import { cacheOf, newGroup } from '../run/group-rows.ts';
import { judgeFailure } from '../run/judge-failure.ts';
import { replyOf, type Reply } from '../run/judge-reply.ts';
import { readReply } from '../run/follow-up-groups.ts';
import type { BatchOrder } from '../run/run-service.ts';
import { plannedUnits, type GroupEnd, type NewGroup } from '../store/group-store.ts';
import type { PendingUnit } from '../store/unit-store.ts';
import { nameOf, reportOf, type BatchParts } from './batch-parts.ts';

/** Summary of a batch's results. */
export interface Collected {
  /** Number of groups that failed, were cancelled or expired; their lines did not change. */
  failed: number;
  unknown: number;
  /** Messages for the user. */
  notes: string[];
}

const notRun = {
  expired: 'the provider did not come to it in time; nothing was billed',
  cancelled: 'it was cancelled before the provider came to it; nothing was billed',
} as const;

/** Reads the results of ended batches: checks and stores each reply like a live one, and settles it in the ledger. */
export class BatchResults {
  readonly #parts: BatchParts;
  readonly #order: BatchOrder;
  readonly #context: () => RequestContext;

  constructor(parts: BatchParts, order: BatchOrder, context: () => RequestContext) {
    this.#parts = parts;
    this.#order = order;
    this.#context = context;
  }

  /**
   * Stores every result once, in any order, even if `collect` is repeated after an interruption.
   * @throws TransportError, AppError if the results cannot be read now; those already read stay stored
   */
  async collect(row: BatchRow, batch: RemoteBatch, client: BatchClient): Promise<Collected> {
    const { store, now } = this.#parts;
    const states = await store.groups(row.id);
    const seen = new Set<string>();
    const ignored = { duplicate: 0, unexpected: 0 };
    await client.results(batch, async (result) => {
      if (!states.has(result.id)) ignored.unexpected++;
      else if (seen.has(result.id)) ignored.duplicate++;
      else {
        seen.add(result.id);
        if (states.get(result.id) === 'sent') await this.#saveResult(row, result);
        this.#parts.onProgress();
      }
    });
    const missing = [...states.keys()].filter((id) => states.get(id) === 'sent' && !seen.has(id));
    const verdict = missing.length ? this.#verdictOnMissing(batch, seen.size) : null;
    for (const id of missing) await this.#endMissing(row, id, batch, verdict);
    const after = [...(await store.groups(row.id)).values()];
    const unknown = after.filter((state) => state === 'unknown').length;
    const name = nameOf({ ...row, remote_id: batch.id });
    const reason = unknown
      ? codedText(
          'unknown_spend',
          'results_missing',
          { requests: unknown },
          `${name} ended without a result for ${unknown} requests`,
        )
      : null;
    await store.end(row.id, reportOf(batch), reason, now());
    const notes = [
      ...(ignored.duplicate
        ? [`${name} had ${ignored.duplicate} results twice: the first of each was taken`]
        : []),
      ...(ignored.unexpected
        ? [`${name} had ${ignored.unexpected} results that were not asked for: they were left out`]
        : []),
      ...(missing.length ? [`${name} had no result for ${missing.length} requests`] : []),
      ...(batch.message ? [`${name}: ${batch.message}`] : []),
    ];
    for (const note of notes) this.#parts.log.warn(note);
    return { failed: after.filter((state) => state === 'failed').length, unknown, notes };
  }

  /**
   * Whether requests without a result were run. If the provider returned as many results as it counts, the missing
   * requests were never run. If it reports no counts, this is unknown.
   */
  #verdictOnMissing({ state, completed, failed }: RemoteBatch, seen: number): 'not_run' | 'unknown' {
    if (state === 'failed') return 'not_run';
    if (completed === null) return 'unknown';
    return seen >= completed + (failed ?? 0) ? 'not_run' : 'unknown';
  }

  async #endMissing(
    row: BatchRow,
    id: string,
    { state, status, message }: RemoteBatch,
    verdict: 'not_run' | 'unknown' | null,
  ): Promise<void> {
    const group = await this.#parts.store.group(id);
    if (!group) return;
    if (verdict === 'unknown') {
      const why = 'the batch ended without a result for it: it may have been paid';
      return this.#end(row, group, 'unknown', group.bound ?? 0, 'outcome_unknown', why);
    }
    const refused = message ?? 'the provider refused the batch as a whole';
    const why = state === 'failed' ? refused : `the batch ended (${status}) before the provider came to it`;
    return this.#end(row, group, 'failed', 0, state === 'failed' ? 'provider_error' : 'batch_not_run', why);
  }

  async #end(
    row: BatchRow,
    group: GroupRow,
    state: 'failed' | 'unknown',
    cost: number,
    code: string,
    message: string,
  ): Promise<void> {
    const ended = this.#parts.now();
    await this.#parts.store.finish(
      row.id,
      group,
      { id: group.id, state, cost, code, message, ended },
      null,
      [],
    );
  }

  async #saveResult(row: BatchRow, { id, outcome }: BatchResult): Promise<void> {
    const group = await this.#parts.store.group(id);
    if (!group) return;
    if (outcome.kind === 'reply') return this.#readReply(row, group, outcome);
    if (outcome.kind === 'not_run') {
      const { reason } = outcome;
      return this.#end(row, group, 'failed', 0, `batch_${reason}`, notRun[reason]);
    }
    const status = outcome.status === null ? '' : ` (HTTP ${outcome.status})`;
    const message = `${row.provider}${status}: ${outcome.message}`.slice(0, 2000);
    return this.#end(row, group, 'failed', 0, 'provider_error', message);
  }

  async #readReply(row: BatchRow, group: GroupRow, { json }: Extract<BatchOutcome, { kind: 'reply' }>) {
    const { planner, batches } = this.#parts;
    const request = storedRequest(group);
    const { call } = await planner.planRequest(request, this.#context());
    const bound = group.bound ?? 0;
    try {
      const answer = await batches.read(call, json, bound, this.#context());
      const bill = { cost: spentOn(answer, bound), ...cacheOf(answer) };
      await this.#saveReply(row, group, replyOf(answer), bill, null);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { verdict, usd } = judgeFailure(error, true);
      if (verdict.what === 'paid') {
        const source = { model: `${row.provider}/${row.model}`, mock: false };
        const reply = { ...source, text: verdict.reply, cut: verdict.cut };
        return this.#saveReply(row, group, reply, { cost: usd }, error);
      }
      if (verdict.what !== 'unknown') throw error;
      return this.#end(row, group, 'unknown', bound, error.code, error.message);
    }
  }

  /** Stores a reply's valid lines, and plans new requests for the others. */
  async #saveReply(
    row: BatchRow,
    group: GroupRow,
    reply: Reply,
    bill: Pick<GroupEnd, 'cost' | 'cache'>,
    error: AppError | null,
  ): Promise<void> {
    const units = await this.#unitsOf(group);
    const { texts, followUps } = await readReply(reply, units, this.#order, (lines, kind) =>
      this.planGroup(lines, kind, group.position),
    );
    const now = this.#parts.now();
    const { code = null, message = null } = error ?? {};
    const end = { id: group.id, state: 'done', ...bill, code, message, ended: now } as const;
    await this.#parts.store.finish(row.id, group, end, { ...texts, now }, followUps);
  }

  /** Plans a group with its batch price and its bytes in the batch. */
  async planGroup(
    lines: readonly PendingUnit[],
    kind: GroupRow['kind'],
    position: number,
  ): Promise<NewGroup> {
    const { planner, batches } = this.#parts;
    const { project, run } = this.#order;
    const scene = await planner.planGroup(lines, this.#order, this.#context());
    const { body, bound } = await batches.prepare(scene.plan, scene.call);
    const row = newGroup(scene, { project, run, kind, position });
    return { ...row, bound, body, body_bytes: Buffer.byteLength(body) };
  }

  /**
   * The units in the request's order. A unit that has changed or disappeared since gets a placeholder with the sent text.
   * The placeholder's `pair` prevents its translation from being stored.
   */
  async #unitsOf(group: GroupRow): Promise<PendingUnit[]> {
    const request = storedRequest(group);
    const planned = plannedUnits(group);
    const ids = planned.map(([id]) => id);
    const rows = await this.#parts.units.byIds(this.#order.project, ids);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return planned.map(([id, pair], at) => {
      const row = byId.get(id);
      if (row && row.pair === pair) return row;
      return placeholder(id, pair, sentLine(request, at + 1));
    });
  }
}

/** A line's text in the request, whose lines are `number|text`. */
function sentLine({ variables }: GroupPackRequest, number: number): string {
  const lines = variables?.['lines'];
  const start = `${number}|`;
  const line = Array.isArray(lines) ? lines.find((text) => String(text).startsWith(start)) : undefined;
  return line === undefined ? '' : String(line).slice(start.length);
}

function placeholder(id: string, pair: string, source: string): PendingUnit {
  return {
    id,
    pair,
    source,
    file: '',
    ordinal: -1,
    scene: null,
    speaker: null,
    max_cells: null,
    target: null,
    state: 'new',
    problems: null,
  };
}
