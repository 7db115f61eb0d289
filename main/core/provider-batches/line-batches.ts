import type { ChatAnswer } from '../../../contract/chat.ts';
import type { OperationOutput } from '../../../contract/operations/table.ts';
import type { BatchOutcome, RemoteBatch } from '../../adapters/batches/protocol.ts';
import { chargeOf, spentOn } from '../chat/cost/failed-call-cost.ts';
import type { ChatCall } from '../chat/resolve/merge-options.ts';
import { AppError } from '../lib/app-error.ts';
import { codedText } from '../lib/coded-text.ts';
import type { RequestContext } from '../lib/request-context.ts';
import type { BatchClient } from './batch-client.ts';
import { keyLast4, withKeyOf } from './batch-key.ts';
import { batchLastsMs, batchOverLimit, clockSkewMs, confirmable, limitText } from './batch-money.ts';
import type { BatchedPlan, ProviderBatches } from './provider-batches.ts';

/** One request of a caller's batch. */
export interface LineRequest {
  id: string;
  call: ChatCall;
  /** Lets the caller complete the answer. */
  complete(answer: ChatAnswer): ChatAnswer;
}

/** A batch as its caller knows it. */
export interface KnownBatch {
  id: string;
  /** null: it was not confirmed. */
  remote_id: string | null;
  /** Milliseconds since 1970. */
  submitted_at: number;
  key_last4?: string | null | undefined;
  /** Ids of further requests whose results the caller has. */
  known?: readonly string[] | undefined;
}

type Read = OperationOutput<'batches.read'>;
type ReadResult = Read['results'][number];

const notRun = {
  expired: 'the provider did not come to it in time',
  cancelled: 'it was cancelled before the provider came to it',
} as const;

function failed(id: string, code: string, message: string, paid: 'no' | 'maybe'): ReadResult {
  return { id, answer: null, error: { code, message, paid } };
}

/** Batches whose state the caller stores: submitted under the caller's id, polled and read by it. */
export class LineBatches {
  readonly #batches: ProviderBatches;

  constructor(batches: ProviderBatches) {
    this.#batches = batches;
  }

  /**
   * @throws AppError `invalid_request` if requests go to different models or are too large for one batch;
   * `budget_exceeded` that names the sum; the provider's refusal. In all cases nothing was submitted
   */
  async submit(
    id: string,
    requests: readonly LineRequest[],
    confirm: number | undefined,
    context: RequestContext,
  ): Promise<OperationOutput<'batches.submit'>> {
    const plans = await this.#plans(requests, context);
    const [first] = plans;
    if (!first) throw new AppError('invalid_request', 'a batch has at least one request');
    this.#checkSize(first, plans);
    const bounds = plans.map(({ bound }) => bound);
    const sum = bounds.reduce((usd, bound) => usd + bound, 0);
    const { provider, module } = first.plan.resolved;
    const subject = {
      provider: provider.name,
      model: first.plan.model.id,
      module: module?.name ?? null,
      requestId: context.requestId,
    };
    const confirmed = confirm !== undefined && confirm === confirmable(sum);
    try {
      await this.#batches.reserve({ id, bounds, subject, confirmed, lastsMs: batchLastsMs });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'budget_exceeded') throw error;
      throw batchOverLimit(sum, limitText(error.details ?? {}), error.details);
    }
    const client = this.#batches.client(first.plan, first.protocol, context.signal);
    const input = {
      reference: id,
      model: first.plan.model.wireId,
      requests: plans.map(({ body }, at) => ({ id: requests[at]?.id ?? '', body })),
    };
    try {
      const file = await client.upload(input, (ms) => new Promise((resolve) => setTimeout(resolve, ms)));
      const key_last4 = keyLast4(first.plan);
      await context.beforeSubmitting?.(key_last4);
      const created = await client.create(input, file);
      if (created.what === 'refused') throw created.error;
      const lost = created.what === 'lost' ? this.#batches.failure(created.error, first.plan).message : null;
      const remote_id = created.what === 'taken' ? created.batch.id : null;
      const state = lost === null ? 'submitted' : 'unknown';
      return { state, remote_id, key_last4, bound_usd: sum, message: lost };
    } catch (error) {
      await this.#batches.endEntry(id, 0, null);
      throw this.#batches.failure(error, first.plan);
    }
  }

  /** @throws AppError `missing_key` where its key is not here; where the provider cannot be asked now */
  async read(
    batchOfCaller: KnownBatch,
    requests: readonly LineRequest[],
    context: RequestContext,
  ): Promise<Read> {
    const { id, remote_id, submitted_at, known = [] } = batchOfCaller;
    const byId = new Map(requests.map((request) => [request.id, request]));
    const others = new Set(known);
    const isOurs = (one: string) => byId.has(one) || others.has(one);
    const first = await this.#first(batchOfCaller, requests, context);
    const client = this.#batches.client(first.plan, first.protocol, context.signal);
    try {
      const found =
        remote_id === null
          ? await client.find(id, submitted_at - clockSkewMs, isOurs)
          : await client.get(remote_id);
      const { batch, retryAfterMs = null } = found;
      const none = { retry_after_ms: retryAfterMs, results: [], notes: [] };
      if (!batch) return { state: 'unknown', remote_id, remote_status: null, completed: null, ...none };
      const about = { remote_id: batch.id, remote_status: batch.status, completed: batch.completed };
      if (batch.state === 'running') return { state: 'running', ...about, ...none };
      const { results, notes } = await this.#collect(id, batch, client, { byId, others }, context);
      return { state: 'ended', ...about, retry_after_ms: null, results, notes };
    } catch (error) {
      throw this.#batches.failure(error, first.plan);
    }
  }

  /** @throws AppError `missing_key` where its key is not here; where the provider refuses */
  async cancel(
    batch: Pick<KnownBatch, 'key_last4'> & { remote_id: string },
    requests: readonly LineRequest[],
    context: RequestContext,
  ) {
    const first = await this.#first(batch, requests, context);
    try {
      await this.#batches.client(first.plan, first.protocol, context.signal).cancel(batch.remote_id);
    } catch (error) {
      throw this.#batches.failure(error, first.plan);
    }
    return { cancelled: true };
  }

  /** @throws AppError `ledger_unavailable` */
  async release(id: string): Promise<{ released: boolean }> {
    await this.#batches.endEntry(id, 0, null);
    return { released: true };
  }

  /** A request's plan with the key that the batch was submitted with. */
  async #first(
    { id, remote_id, key_last4 = null }: Partial<KnownBatch>,
    [first]: readonly LineRequest[],
    context: RequestContext,
  ): Promise<BatchedPlan> {
    if (!first) throw new AppError('invalid_request', 'a batch has at least one request');
    const planned = await this.#batches.plan(first.call, context);
    return { ...planned, plan: withKeyOf(planned.plan, key_last4, remote_id ?? `the batch ${id}`) };
  }

  async #plans(requests: readonly LineRequest[], context: RequestContext): Promise<BatchedPlan[]> {
    const seen = new Set<string>();
    const plans: BatchedPlan[] = [];
    for (const { id, call } of requests) {
      if (seen.has(id)) throw new AppError('invalid_request', `the id ${id} stands twice in the batch`);
      seen.add(id);
      plans.push(await this.#batches.plan(call, context));
    }
    return plans;
  }

  #checkSize(first: BatchedPlan, plans: readonly BatchedPlan[]): void {
    const target = ({ plan }: BatchedPlan) => `${plan.resolved.provider.name}/${plan.model.id}`;
    const other = plans.find((plan) => target(plan) !== target(first));
    if (other)
      throw new AppError(
        'invalid_request',
        `a batch goes to one model: these requests go to ${target(first)} and ${target(other)}`,
      );
    const limits = this.#batches.limitsOf(first.protocol);
    const bytes = plans.reduce((sum, { body }) => sum + Buffer.byteLength(body) + limits.requestOverhead, 0);
    if (plans.length > limits.requests || bytes > limits.bytes)
      throw new AppError(
        'invalid_request',
        `${plans.length} requests of ${bytes} bytes are more than one batch takes (${limits.requests} requests, ${limits.bytes} bytes): send them in several`,
      );
  }

  async #collect(
    entry: string,
    batch: RemoteBatch,
    client: BatchClient,
    { byId, others }: { byId: ReadonlyMap<string, LineRequest>; others: ReadonlySet<string> },
    context: RequestContext,
  ): Promise<Pick<Read, 'results' | 'notes'>> {
    const results = new Map<string, ReadResult>();
    const money = { spent: 0, unknown: 0 };
    const seenOthers = new Set<string>();
    let [doubled, strange] = [0, 0];
    await client.results(batch, async ({ id, outcome }) => {
      const request = byId.get(id);
      if (others.has(id)) seenOthers.add(id);
      else if (!request) strange++;
      else if (results.has(id)) doubled++;
      else results.set(id, await this.#resultOf(request, outcome, money, context));
    });
    const missing = [...byId.values()].filter(({ id }) => !results.has(id));
    const counted = batch.completed === null ? null : batch.completed + (batch.failed ?? 0);
    const wasNotRun =
      batch.state === 'failed' || (counted !== null && results.size + seenOthers.size >= counted);
    for (const { id, call } of missing) {
      const message = batch.message ?? `the batch ended (${batch.status}) without a result for it`;
      results.set(id, failed(id, 'provider_error', message, wasNotRun ? 'no' : 'maybe'));
      if (!wasNotRun) money.unknown += (await this.#batches.plan(call, context)).bound;
    }
    const reason = codedText(
      'unknown_spend',
      'results_missing',
      { requests: null },
      'the batch ended without a readable result for some of its requests',
    );
    const unknown = money.unknown > 0 ? { usd: money.unknown, reason, providerRef: batch.id } : null;
    await this.#batches.endEntry(entry, money.spent, unknown);
    const notes = [
      ...(doubled ? [`${doubled} results came twice: the first of each was taken`] : []),
      ...(strange ? [`${strange} results were not asked for, and were left out`] : []),
      ...(missing.length ? [`there was no result for ${missing.length} requests`] : []),
    ];
    return { results: [...results.values()], notes };
  }

  async #resultOf(
    { id, call, complete }: LineRequest,
    outcome: BatchOutcome,
    money: { spent: number; unknown: number },
    context: RequestContext,
  ): Promise<ReadResult> {
    if (outcome.kind === 'not_run')
      return failed(id, `batch_${outcome.reason}`, notRun[outcome.reason], 'no');
    if (outcome.kind === 'refused') return failed(id, 'provider_error', outcome.message, 'no');
    const { bound } = await this.#batches.plan(call, context);
    try {
      const answer = await this.#batches.read(call, outcome.json, bound, context);
      money.spent += spentOn(answer, bound);
      return { id, answer: complete(answer), error: null };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { code, message, details } = error;
      const { paid, usd } = chargeOf(error);
      money[paid === 'maybe' ? 'unknown' : 'spent'] += usd;
      return { id, answer: null, error: { code, message, ...(details ? { details } : {}), paid } };
    }
  }
}
