import type { GroupPackRequest } from '../plan/scene-request.ts';
import type { BatchOutcome, BatchResult, RemoteBatch } from '../../../adapters/batches/protocol.ts';
import { spentOn } from '../../chat/cost/call-charge.ts';
import type { BatchRow, GroupRow } from '../../database/translation-tables.ts';
import { AppError } from '../../lib/app-error.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import type { BatchClient } from '../../provider-batches/batch-client.ts';
import { cacheOf, newGroup } from '../run/group-rows.ts';
import { judgeFailure } from '../run/judge-failure.ts';
import { judgeReply, type Reply } from '../run/judge-reply.ts';
import { withFollowUps } from '../run/follow-up-groups.ts';
import type { BatchOrder } from '../run/run-service.ts';
import type { GroupEnd, NewGroup } from '../store/group-store.ts';
import type { PendingUnit } from '../store/unit-store.ts';
import { memoryLanguage } from '../units/memory-language.ts';
import { nameOf, reportOf, type BatchParts } from './batch-parts.ts';

/** What the results of one batch came to. */
export interface Collected {
  /** Groups that failed, were cancelled or expired: their lines are as they were. */
  failed: number;
  unknown: number;
  /** What a person should know. */
  notes: string[];
}

const notRun = {
  expired: 'the provider did not come to it in time; nothing was billed',
  cancelled: 'it was cancelled before the provider came to it; nothing was billed',
} as const;

/** Reads the results of batches that have ended: each reply is judged and kept as a live one, and settled in the ledger. */
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
   * Takes every result once, whatever the order, and however often it is begun anew.
   * @throws TransportError, AppError where the results cannot be read now: what was read is kept
   */
  async collect(row: BatchRow, batch: RemoteBatch, client: BatchClient): Promise<Collected> {
    const { store, now } = this.#parts;
    const states = await store.groups(row.id);
    const seen = new Set<string>();
    const odd = { doubled: 0, strange: 0 };
    await client.results(batch, async (result) => {
      if (!states.has(result.id)) odd.strange++;
      else if (seen.has(result.id)) odd.doubled++;
      else {
        seen.add(result.id);
        if (states.get(result.id) === 'sent') await this.#take(row, result);
        this.#parts.onProgress();
      }
    });
    const missing = [...states.keys()].filter((id) => states.get(id) === 'sent' && !seen.has(id));
    const verdict = missing.length ? this.#verdictOnMissing(batch, seen.size) : null;
    for (const id of missing) await this.#endMissing(row, id, batch, verdict);
    const after = [...(await store.groups(row.id)).values()];
    const unknown = after.filter((state) => state === 'unknown').length;
    const name = nameOf({ ...row, remote_id: batch.id });
    const reason = unknown ? `${name} ended without a result for ${unknown} requests` : null;
    await store.end(row.id, reportOf(batch), reason, now());
    const notes = [
      ...(odd.doubled ? [`${name} had ${odd.doubled} results twice: the first of each was taken`] : []),
      ...(odd.strange
        ? [`${name} had ${odd.strange} results that were not asked for: they were left out`]
        : []),
      ...(missing.length ? [`${name} had no result for ${missing.length} requests`] : []),
      ...(batch.message ? [`${name}: ${batch.message}`] : []),
    ];
    for (const note of notes) this.#parts.log.warn(note);
    return { failed: after.filter((state) => state === 'failed').length, unknown, notes };
  }

  /**
   * Whether requests without a result were run. The provider's own counts decide: where it has handed out as many
   * results as it counts, the others were never run; where it does not count, nobody knows.
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

  async #take(row: BatchRow, { id, outcome }: BatchResult): Promise<void> {
    const group = await this.#parts.store.group(id);
    if (!group) return;
    if (outcome.kind === 'reply') return this.#takeReply(row, group, outcome);
    if (outcome.kind === 'not_run') {
      const { reason } = outcome;
      return this.#end(row, group, 'failed', 0, `batch_${reason}`, notRun[reason]);
    }
    const status = outcome.status === null ? '' : ` (HTTP ${outcome.status})`;
    const message = `${row.provider}${status}: ${outcome.message}`.slice(0, 2000);
    return this.#end(row, group, 'failed', 0, 'provider_error', message);
  }

  async #takeReply(row: BatchRow, group: GroupRow, { json }: Extract<BatchOutcome, { kind: 'reply' }>) {
    const { planner, batches } = this.#parts;
    const asked = JSON.parse(group.request ?? '{}') as GroupPackRequest;
    const { call } = await planner.planRequest(asked, this.#context());
    const bound = group.bound ?? 0;
    try {
      const answer = await batches.read(call, json, bound, this.#context());
      const { data, provider, model } = answer;
      // A reply that was mended may end in half a line: it is read as it came.
      const readJson = data.repaired ? {} : { json: data.json };
      const reply = {
        text: answer.reply,
        ...readJson,
        cut: data.finish_reason === 'length',
        model: `${provider}/${model}`,
        mock: false,
      };
      await this.#keep(row, group, reply, { cost: spentOn(answer, bound), ...cacheOf(answer) }, null);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { verdict, usd } = judgeFailure(error, true);
      if (verdict.what === 'paid') {
        const from = { model: `${row.provider}/${row.model}`, mock: false };
        const reply = { ...from, text: verdict.reply, cut: verdict.cut };
        return this.#keep(row, group, reply, { cost: usd }, error);
      }
      if (verdict.what !== 'unknown') throw error;
      return this.#end(row, group, 'unknown', bound, error.code, error.message);
    }
  }

  /** Keeps what is right of a reply, and plans to ask for the rest. */
  async #keep(
    row: BatchRow,
    group: GroupRow,
    reply: Reply,
    bill: Pick<GroupEnd, 'cost' | 'cache'>,
    error: AppError | null,
  ): Promise<void> {
    const { retry, project, settings, rulesOf } = this.#order;
    const units = await this.#unitsOf(group);
    const judged = judgeReply(reply, units, rulesOf, retry);
    // A line that changed meanwhile is planned anew with the others that wait.
    const current = judged.rest.filter(({ unit }) => unit.ordinal >= 0);
    const { texts, rest } = await followUpGroups({ ...judged, rest: current }, units, reply, retry, (lines, kind) =>
      this.planGroup(lines, kind, group.position),
    );
    const ended = this.#parts.now();
    const { code = null, message = null } = error ?? {};
    const save = { project, language: memoryLanguage(settings.target_language), now: ended, texts };
    const end = { id: group.id, state: 'done', ...bill, code, message, ended } as const;
    await this.#parts.store.finish(row.id, group, end, save, rest);
  }

  /** A group at the batch's price, with the bytes that go into the batch. */
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
   * The units as they were numbered in the request. One that changed or vanished in the hours since stands there with
   * the text that was sent, and its pair keeps its translation from being written.
   */
  async #unitsOf(group: GroupRow): Promise<PendingUnit[]> {
    const asked = JSON.parse(group.request ?? '{}') as GroupPackRequest;
    const wanted = JSON.parse(group.units) as [string, string][];
    const ids = wanted.map(([id]) => id);
    const rows = await this.#parts.units.byIds(this.#order.project, ids);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return wanted.map(([id, pair], at) => {
      const row = byId.get(id);
      if (row && row.pair === pair) return row;
      return gone(id, pair, sentLine(asked, at + 1));
    });
  }
}

/** A line's text as the request has it: lines are `number|text`. */
function sentLine({ variables }: GroupPackRequest, number: number): string {
  const lines = variables?.['lines'];
  const start = `${number}|`;
  const found = Array.isArray(lines) ? lines.find((line) => String(line).startsWith(start)) : undefined;
  return found === undefined ? '' : String(found).slice(start.length);
}

function gone(id: string, pair: string, source: string): PendingUnit {
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
