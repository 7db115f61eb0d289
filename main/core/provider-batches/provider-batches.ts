import type { ChatAnswer } from '../../../contract/chat.ts';
import { batchProtocols } from '../../adapters/batches/protocols.ts';
import type { BatchProtocol } from '../../adapters/batches/protocol.ts';
import type { BatchReservation, Budget } from '../budget/budget.ts';
import { liveAnswer } from '../chat/answer.ts';
import type { ChatParts } from '../chat/chat-service.ts';
import { pricePlan } from '../chat/cost/cost-reservation.ts';
import { Planner } from '../chat/planner.ts';
import type { Plan } from '../chat/plan/plan.ts';
import { checkBeforeSending } from '../chat/preflight-checks.ts';
import type { ChatCall } from '../chat/resolve/merge-options.ts';
import type { Resolved } from '../chat/resolve/resolve.ts';
import type { Registry } from '../registry/build-registry.ts';
import { providerFailure } from '../chat/send/provider-failure.ts';
import { AppError } from '../lib/app-error.ts';
import type { RequestContext } from '../lib/request-context.ts';
import { TransportError } from '../net/transport-error.ts';
import { priceOf, type Price } from '../registry/prices/price-table.ts';
import { BatchClient } from './batch-client.ts';
import { readDelivered } from './delivered-reply.ts';

/** A request in the form for a batch. */
export interface BatchedPlan {
  plan: Plan;
  protocol: BatchProtocol;
  /** The planner's bytes; without `stream` if a preset sets it, because a batch has no streams. */
  body: string;
  /** Maximum cost in USD, at the batch price. */
  bound: number;
}

/** Maximum bytes per batch: a provider may accept more, but memory would grow with it. */
const maxBytes = 64 * 1024 * 1024;

/**
 * A batch's fraction of the live price: from the registry's price record, else from the provider's
 * documentation.
 */
export function batchFactor(registry: Registry, { provider, model }: Resolved): number | null {
  const protocol = batchProtocols[provider.adapter];
  if (!protocol) return null;
  return registry.lifecycle.record(provider, model)?.pricing?.batch ?? protocol.priceFactor;
}

function withoutStream({ bodyObject, body }: Plan): string {
  if (!('stream' in bodyObject) && !('stream_options' in bodyObject)) return body.toString('utf8');
  const { stream: _stream, stream_options: _options, ...rest } = bodyObject;
  return JSON.stringify(rest);
}

/** The price at the batch's rate. */
function reduced(price: Price, factor: number): Price {
  return {
    shown: price.shown,
    of: (usage) => price.of(usage) * factor,
    max: (prompt, completion, inputFactor) => price.max(prompt, completion, inputFactor) * factor,
  };
}

/** Requests delivered through a provider's batch API: planned, checked, priced and read like a live call. */
export class ProviderBatches {
  readonly #parts: ChatParts;
  readonly #planner: Planner;

  constructor(parts: ChatParts) {
    this.#parts = parts;
    this.#planner = new Planner(parts);
  }

  /** A batch's fraction of the live price; null if the provider has no batches. */
  factorOf(provider: string, model: string): number | null {
    try {
      return batchFactor(this.#parts.registry(), this.#planner.resolve({ provider, model }));
    } catch {
      return null;
    }
  }

  /**
   * Converts a planned call to a request of a batch. Nothing is sent.
   * @throws AppError `parameter_refused` if the provider has no batches, and the errors of a live call
   */
  async prepare(plan: Plan, request: ChatCall): Promise<BatchedPlan> {
    const { provider } = plan.resolved;
    const protocol = batchProtocols[provider.adapter];
    if (!protocol)
      throw new AppError(
        'parameter_refused',
        `${provider.name} takes no batches: send live, or choose OpenAI, Azure OpenAI, Anthropic or Gemini`,
        { provider: provider.name },
      );
    const problem = protocol.problem?.(provider.settings) ?? null;
    if (problem !== null) throw new AppError('parameter_refused', `${provider.name}: ${problem}`);
    const { flags, keys, budget, now } = this.#parts;
    checkBeforeSending(plan, request, flags, keys);
    const cap = request.max_cost_usd ?? plan.resolved.preset?.max_cost_usd;
    const { bound } = await pricePlan(this.#parts.registry(), budget, plan, cap, now());
    return {
      plan,
      protocol,
      body: withoutStream(plan),
      bound: (bound ?? 0) * this.#factor(plan.resolved, 1),
    };
  }

  /** The maximum bytes and requests of one batch of this provider. */
  limitsOf({ limits, requestOverhead }: BatchProtocol) {
    return { ...limits, bytes: Math.min(limits.bytes, maxBytes), requestOverhead };
  }

  /** @throws AppError `budget_exceeded`, `ledger_unavailable` */
  reserve(order: BatchReservation): Promise<void> {
    return this.#parts.budget.reserveBatch(order);
  }

  /** Closes a batch's ledger entry: see `Budget.endBatch`. */
  endEntry(...end: Parameters<Budget['endBatch']>): Promise<void> {
    return this.#parts.budget.endBatch(...end);
  }

  /** @throws AppError as a live call */
  async plan(request: ChatCall, context: RequestContext): Promise<BatchedPlan> {
    const resolved = this.#planner.resolve(request);
    await this.#parts.keys.open(resolved.provider);
    return this.prepare(this.#planner.plan(resolved, request, context), request);
  }

  client(plan: Plan, protocol: BatchProtocol, signal: AbortSignal): BatchClient {
    return new BatchClient(this.#parts, plan, protocol, signal);
  }

  /** A provider error as the caller gets it, with secrets redacted. */
  failure(error: unknown, plan: Plan): AppError {
    if (error instanceof AppError) return error;
    if (error instanceof TransportError) return providerFailure(error, plan, [], this.#parts.redactor);
    return new AppError('internal_error', error instanceof Error ? error.message : String(error));
  }

  /**
   * Converts a reply from the results to a live call's answer, and logs it as one.
   * @param bound USD reserved for it
   * @throws AppError as a live call; its attempt has the charge
   */
  read(request: ChatCall, json: unknown, bound: number, context: RequestContext): Promise<ChatAnswer> {
    return this.#parts.recorder.record(request, context, async (call) => {
      const started = performance.now();
      const resolved = this.#planner.resolve(request);
      const plan = (call.plan = this.#planner.plan(resolved, request, context));
      const { attempts } = call;
      const { requestId } = context;
      const price = await this.#price(plan);
      const run = await readDelivered(
        this.#parts,
        { json, plan, request, requestId, price, bound },
        attempts,
      );
      return liveAnswer(run, request, started, attempts, this.#parts.redactor);
    });
  }

  async #price(plan: Plan): Promise<Price | null> {
    const { provider } = plan.resolved;
    const price = await priceOf(this.#parts.registry(), provider, plan.model, this.#parts.now());
    return price && reduced(price, this.#factor(plan.resolved, 1));
  }

  #factor(resolved: Plan['resolved'], otherwise: number): number {
    return batchFactor(this.#parts.registry(), resolved) ?? otherwise;
  }
}
