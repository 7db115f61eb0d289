import type { Attempt, Cost, DryRunAnswer, Message, Usage } from '../../../contract/chat.ts';
import type { EmbeddingAnswer, EmbeddingInput, EmbeddingRequest } from '../../../contract/embeddings.ts';
import type { Warning } from '../../../contract/warnings.ts';
import { adapterFor } from '../../adapters/index.ts';
import { embeddingProtocols, type EmbeddingProtocol } from '../../adapters/embeddings/protocols.ts';
import { failedCall } from '../budget/unknown-reason.ts';
import { addCost, addUsage } from '../chat/cost/add-usage.ts';
import type { OpenCall } from '../chat/record/call-recorder.ts';
import type { ChatParts } from '../chat/chat-service.ts';
import { checkedUsage } from '../chat/cost/checked-usage.ts';
import { pricedCost } from '../chat/cost/priced-cost.ts';
import {
  pricePlan,
  reserveAttempt,
  type AttemptCharge,
  type PlanPrice,
} from '../chat/cost/cost-reservation.ts';
import type { Plan } from '../chat/plan/plan.ts';
import { Planner } from '../chat/planner.ts';
import { checkBeforeSending } from '../chat/preflight-checks.ts';
import { KeyRotation } from '../chat/send/key-rotation.ts';
import { providerFailure } from '../chat/send/provider-failure.ts';
import type { Resolved } from '../chat/resolve/resolve.ts';
import { maxSilentWaitMs, noteRefusal, waitForTurn, type LimitTurn } from '../chat/send/limit-turn.ts';
import { sendOnce, type SendOutcome } from '../chat/send/send-once.ts';
import { AppError } from '../lib/app-error.ts';
import { last4Of } from '../lib/redact.ts';
import type { RequestContext } from '../lib/request-context.ts';
import { uniqueWarnings, warning, warningFieldsOf } from '../lib/warning.ts';
import { originOf } from '../net/origin.ts';
import { TransportError } from '../net/transport-error.ts';
import { countOf, embeddingAdapter } from './embedding-adapter.ts';

/** Texts per request, so that the vectors fit the largest accepted reply. */
const maxBatch = 256;

/** The result of one request. */
interface Batch {
  vectors: number[][];
  usage: Usage;
  cost: Cost | null;
  warnings: Warning[];
  upstreamMs: number;
}

/**
 * Embeddings: resolved, checked, priced, sent and logged like a chat, split into requests that the provider
 * accepts.
 */
export class EmbeddingService {
  readonly #parts: ChatParts;
  readonly #planner: Planner;

  constructor(parts: ChatParts) {
    this.#parts = parts;
    this.#planner = new Planner(parts);
  }

  /**
   * Returns a vector for each text, or what would be sent and its cost. Nothing is retried, because callers
   * do that themselves.
   * @throws AppError `parameter_refused` if the provider has no embeddings, and what a chat throws
   */
  create(request: EmbeddingRequest, caller: RequestContext): Promise<EmbeddingAnswer | DryRunAnswer> {
    const context: RequestContext = { ...caller, kind: 'embedding' };
    const { provider, model, dry_run } = request;
    const asked = { ...(provider ? { provider } : {}), model, dry_run, messages: messagesOf(request.input) };
    return this.#parts.recorder.record(asked, context, async (call) => {
      const resolved = this.#planner.resolve({ ...(provider ? { provider } : {}), model });
      const protocol = protocolOf(resolved, request.input);
      await this.#parts.keys.open(resolved.provider);
      if (dry_run) return this.#dryRun(resolved, protocol, request, context, call);
      return { ...(await this.#live(resolved, protocol, request, context, call)), mock: false, reply: '' };
    });
  }

  #plan(
    resolved: Resolved,
    protocol: EmbeddingProtocol,
    request: EmbeddingRequest,
    input: EmbeddingInput,
    context: RequestContext,
  ): Plan {
    const { dimensions, user } = request;
    const adapter = embeddingAdapter(adapterFor(resolved.provider.adapter), protocol, {
      input,
      dimensions,
      user,
    });
    const chat = { messages: messagesOf(input), schema: null };
    return this.#planner.plan(resolved, chat, { hops: context.hops }, adapter);
  }

  async #dryRun(
    resolved: Resolved,
    protocol: EmbeddingProtocol,
    request: EmbeddingRequest,
    context: RequestContext,
    call: OpenCall,
  ): Promise<DryRunAnswer> {
    const [first, ...more] = batchesOf(request.input, protocol);
    const plan = (call.plan = this.#plan(resolved, protocol, request, first ?? request.input, context));
    const shown = await this.#planner.shown(plan);
    if (!more.length) return shown;
    const requests = more.length + 1;
    const texts = Math.min(protocol.maxInputs, maxBatch);
    const note = warning(
      'first_of_several_requests',
      { requests, texts },
      `this is the first of ${requests} requests: ${texts} texts at most go in one`,
    );
    return {
      ...shown,
      warnings: [...shown.warnings, note.message],
      warning_details: [...shown.warning_details, note],
    };
  }

  async #live(
    resolved: Resolved,
    protocol: EmbeddingProtocol,
    request: EmbeddingRequest,
    context: RequestContext,
    call: OpenCall,
  ): Promise<EmbeddingAnswer> {
    const started = performance.now();
    const { flags, keys, budget } = this.#parts;
    let total: Batch | undefined;
    let plan: Plan | undefined;
    for (const input of batchesOf(request.input, protocol)) {
      plan = call.plan = this.#plan(resolved, protocol, request, input, context);
      checkBeforeSending(plan, request, flags, keys);
      const { max_cost_usd: cap } = request;
      const price = await pricePlan(this.#parts.registry(), budget, plan, cap, this.#parts.now());
      const batch = await this.#send(plan, price, protocol, countOf(input), context, call.attempts);
      total = total ? together(total, batch) : batch;
    }
    if (!plan || !total) throw new AppError('invalid_request', 'there is nothing to embed');
    const { upstreamMs, warnings, ...rest } = total;
    return {
      provider: resolved.provider.name,
      model: plan.model.id,
      ...rest,
      timing: { total_ms: rounded(performance.now() - started), upstream_ms: rounded(upstreamMs) },
      attempts: call.attempts,
      dropped: plan.dropped,
      ...warningFieldsOf([...plan.warnings, ...warnings]),
    };
  }

  /** Sends one request; if the provider refuses a key, with its next key. */
  async #send(
    plan: Plan,
    price: PlanPrice,
    protocol: EmbeddingProtocol,
    count: number,
    context: RequestContext,
    attempts: Attempt[],
  ): Promise<Batch> {
    const { keyPool, now, redactor } = this.#parts;
    const keys = new KeyRotation(keyPool, plan, now);
    for (let reason: Attempt['reason'] = 'first'; ; reason = 'key') {
      const chosen = await keys.next(false);
      const turn =
        chosen instanceof TransportError ? chosen : await this.#turn(chosen, keys, context, attempts);
      if (turn instanceof TransportError) throw providerFailure(turn, plan, attempts, redactor);
      try {
        const batch = await this.#sendOnce(turn, price, protocol, count, context, attempts, reason);
        await keys.succeeded();
        return { ...batch, warnings: [...batch.warnings, ...keys.warnings] };
      } catch (error) {
        if (!(error instanceof TransportError)) throw error;
        const next = await keys.failed(error, attempts.at(-1)?.charge !== 'unknown');
        if (next !== 'again') throw providerFailure(next, plan, attempts, redactor);
      }
    }
  }

  /** Waits for room in a key's rate limits. */
  async #turn(
    chosen: Plan,
    keys: KeyRotation,
    { bulk, signal }: RequestContext,
    attempts: readonly Attempt[],
  ): Promise<LimitTurn | TransportError> {
    const { breakers, rateLimits } = this.#parts;
    const { provider } = chosen.resolved;
    try {
      breakers.check(originOf(chosen.url) ?? chosen.url);
      // If this batch failed, vectors that are already paid for would be lost.
      const isPaid = attempts.some(({ code }) => code === null);
      const maxMs = bulk || isPaid ? Infinity : maxSilentWaitMs;
      const plans: [Plan, ...Plan[]] = [chosen, ...keys.others];
      const turn = await waitForTurn(rateLimits, plans, { provider, bulk, signal, maxMs });
      keys.use(turn.plan);
      return turn;
    } catch (error) {
      if (error instanceof TransportError) return error;
      throw error;
    }
  }

  /**
   * One attempt with its cost reserved.
   * @throws TransportError for errors of the provider or the network
   */
  async #sendOnce(
    limitTurn: LimitTurn,
    price: PlanPrice,
    protocol: EmbeddingProtocol,
    count: number,
    { requestId, signal }: RequestContext,
    attempts: Attempt[],
    reason: Attempt['reason'],
  ): Promise<Batch> {
    const { budget, breakers, rateLimits } = this.#parts;
    const { plan, limited, turn, queuedMs: queued } = limitTurn;
    const origin = originOf(plan.url) ?? plan.url;
    const started = performance.now();
    const ms = () => performance.now() - started;
    const unsent = (error: unknown): never => {
      turn?.release();
      throw error;
    };
    const reservation = await reserveAttempt(budget, plan, price, requestId).catch(unsent);
    const onHeaders = (headers: Readonly<Record<string, string>>) => rateLimits.reported(limited, headers);
    const sent = await sendOnce(this.#parts, { plan, requestId, signal, onHeaders }).catch(
      (error: unknown) => {
        // Refused before anything was sent.
        reservation.release();
        return unsent(error);
      },
    );
    if (!sent.ok) {
      const { error } = sent;
      const charge =
        sent.charge === 'none' ? reservation.release() : reservation.markUnknown(failedCall(error), null);
      attempts.push(attemptOf(plan, attempts.length + 1, ms(), { reason, queued, error, charge }));
      if (error instanceof TransportError) {
        breakers.failed(origin, error);
        noteRefusal(rateLimits, limitTurn, error);
      }
      throw error;
    }
    breakers.succeeded(origin);
    const { outcome } = sent;
    const { usage, warnings } = await checkedUsage(plan, outcome.result);
    const priced = pricedCost(
      plan,
      price.price,
      reservation.bound,
      usage,
      outcome.result.costUsd,
      outcome.result.usage,
    );
    const charge = reservation.settle(priced.cost);
    turn?.settle({ prompt: usage.prompt_tokens, completion: 0, cached: 0 });
    const { status } = outcome;
    attempts.push(attemptOf(plan, attempts.length + 1, ms(), { reason, queued, status, charge }));
    const vectors = vectorsOf(protocol, outcome, count);
    return {
      vectors,
      usage,
      cost: priced.cost,
      warnings: [...warnings, ...priced.warnings],
      upstreamMs: ms(),
    };
  }
}

const rounded = (ms: number) => Math.round(ms * 100) / 100;

/** The sender took the reply only because its vectors could be read. */
function vectorsOf(protocol: EmbeddingProtocol, { raw }: SendOutcome, count: number): number[][] {
  const found = protocol.fromResponse(raw, count);
  if (found) return found.vectors;
  throw new AppError('internal_error', 'the vectors of a reply were lost');
}

/** The input as messages, the form in which tokens are counted and the call log stores it. */
function messagesOf(input: EmbeddingInput): Message[] {
  const texts = 'texts' in input ? input.texts : input.tokens.map((tokens) => JSON.stringify(tokens));
  return texts.map((content) => ({ role: 'user', content }));
}

/** @throws AppError `parameter_refused` where the provider makes no embeddings, or takes no tokens */
function protocolOf({ provider }: Resolved, input: EmbeddingInput): EmbeddingProtocol {
  const protocol = embeddingProtocols[provider.adapter];
  if (!protocol)
    throw refused(
      'model',
      `${provider.name} makes no embeddings: name a model of OpenAI, Gemini, OpenRouter, LM Studio or Ollama, as in "ollama_default/nomic-embed-text"`,
    );
  if ('tokens' in input && !protocol.takesTokens)
    throw refused('input', `\`input\`: ${provider.name} takes texts, not tokens`);
  return protocol;
}

function refused(path: string, message: string): AppError {
  return new AppError('parameter_refused', message, { fields: [{ path, message }] });
}

function batchesOf(input: EmbeddingInput, { maxInputs }: EmbeddingProtocol): EmbeddingInput[] {
  const size = Math.min(maxInputs, maxBatch);
  const batches: EmbeddingInput[] = [];
  for (let from = 0; from < countOf(input); from += size) {
    const to = from + size;
    batches.push(
      'texts' in input ? { texts: input.texts.slice(from, to) } : { tokens: input.tokens.slice(from, to) },
    );
  }
  return batches;
}

function together(a: Batch, b: Batch): Batch {
  return {
    vectors: [...a.vectors, ...b.vectors],
    usage: addUsage(a.usage, b.usage),
    cost: addCost(a.cost, b.cost),
    warnings: uniqueWarnings([...a.warnings, ...b.warnings]),
    upstreamMs: a.upstreamMs + b.upstreamMs,
  };
}

interface AttemptEnd {
  reason: Attempt['reason'];
  /** Milliseconds spent waiting for rate limits. */
  queued: number;
  status?: number;
  error?: TransportError | AppError;
  charge: AttemptCharge | null;
}

function attemptOf(plan: Plan, n: number, ms: number, end: AttemptEnd): Attempt {
  const { reason, queued, status, error, charge } = end;
  const last4 = plan.adapter.auth && last4Of(plan.key?.key);
  return {
    n,
    provider: plan.resolved.provider.name,
    model: plan.model.id,
    reason,
    status: error instanceof TransportError ? error.status : (status ?? null),
    code: error?.code ?? null,
    ...(error ? { message: error.message } : {}),
    ms: Math.round(ms * 10) / 10,
    ...(last4 ? { key_last4: last4 } : {}),
    ...(queued ? { queued_ms: Math.round(queued) } : {}),
    ...charge,
  };
}
