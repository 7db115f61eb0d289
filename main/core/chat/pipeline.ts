import type { Attempt, ChatAnswer, ChatRequest, Cost, Usage } from '../../../contract/chat.ts';
import type { ErrorCode } from '../../../contract/errors.ts';
import type { Warning } from '../../../contract/warnings.ts';
import { AppError } from '../lib/app-error.ts';
import type { BulkCall } from '../lib/request-context.ts';
import type { Redactor } from '../lib/redact.ts';
import { TransportError } from '../net/transport-error.ts';
import type { Registry } from '../registry/build-registry.ts';
import type { FeatureFlags } from '../registry/features/feature-flags.ts';
import type { KeyFinder } from '../secrets/key-finder.ts';
import { sendWithRetries } from './send/attempts.ts';
import type { AttemptParts } from './send/open-attempt.ts';
import { addCost, addUsage } from './cost/add-usage.ts';
import { pricePlan, type PlanPrice } from './cost/cost-reservation.ts';
import type { Plan } from './plan/plan.ts';
import { checkBeforeSending } from './preflight-checks.ts';
import { providerFailure } from './send/provider-failure.ts';
import { checkReply } from './plan/reply-schema.ts';
import type { SendOutcome } from './send/send-once.ts';
import type { StreamListener } from './reply/stream-listener.ts';
import { watchedListener } from './send/watched-listener.ts';

export interface RunParts extends AttemptParts {
  registry(): Registry;
  flags: FeatureFlags;
  keys: KeyFinder;
  redactor: Redactor;
  now(): number;
}

export interface Run {
  /** The requested plan, then the fallbacks, created when needed. */
  plans: Iterable<Plan>;
  request: ChatRequest;
  requestId: string;
  signal: AbortSignal;
  /** Set if no person waits for the answer. */
  bulk?: BulkCall | undefined;
  streamListener?: StreamListener | undefined;
  attempts: Attempt[];
  /** Called once, when the first request is about to go out. */
  onStart?: ((plan: Plan) => void | Promise<void>) | undefined;
}

export interface RunResult {
  plan: Plan;
  price: PlanPrice;
  outcome: SendOutcome;
  usage: Usage;
  cost: Cost | null;
  /** Warnings about the reply or its figures, for the user. */
  warnings: Warning[];
  upstreamMs: number;
  json?: { value: unknown; repaired: boolean };
}

const defaultRetries = 2;

/**
 * Runs one plan: preflight checks, price, attempts (each waits for rate limits and reserves its cost), reply,
 * charge.
 */
async function sendPlan(
  parts: RunParts,
  run: Run,
  plan: Plan,
  reason: Attempt['reason'],
  retries: number,
): Promise<RunResult> {
  const { signal, bulk, streamListener, attempts, requestId, request } = run;
  checkBeforeSending(plan, request, parts.flags, parts.keys);
  const cap = request.max_cost_usd ?? plan.resolved.preset?.max_cost_usd;
  const price = await pricePlan(parts.registry(), parts.budget, plan, cap, parts.now());
  const onStart = run.onStart && (() => run.onStart?.(plan));
  const started = performance.now();
  const asked = { plan, price, retries, reason, signal, bulk, streamListener, attempts, requestId, onStart };
  const before = attempts.length;
  const answered = await sendWithRetries(parts, asked);
  const queuedMs = attempts.slice(before).reduce((sum, { queued_ms = 0 }) => sum + queued_ms, 0);
  return { plan, price, ...answered, upstreamMs: Math.max(0, performance.now() - started - queuedMs) };
}

/**
 * Validates the reply against its schema. On a mismatch it sends the request once more, if the caller's
 * retries and the budget allow it.
 */
export async function validated(parts: RunParts, run: Run, sent: RunResult): Promise<RunResult> {
  const { schema } = sent.plan;
  const { text, toolCalls, finish } = sent.outcome.result;
  if (!schema || toolCalls.length) return sent;
  const first = checkReply(schema, text, finish);
  if (first.fits) return { ...sent, json: { value: first.json, repaired: first.repaired } };
  const mayRetry = !run.streamListener && (run.request.retries ?? defaultRetries) > 0;
  if (!mayRetry) throw mismatch(run, sent, first.problems);
  const again = await retryOnMismatch(parts, run, sent, first.problems);
  const second = checkReply(schema, again.outcome.result.text, again.outcome.result.finish);
  if (!second.fits) throw mismatch(run, again, second.problems);
  return { ...again, json: { value: second.json, repaired: second.repaired } };
}

/** Sends the same request once more. Usage and cost are the sum of both calls. */
async function retryOnMismatch(
  parts: RunParts,
  run: Run,
  sent: RunResult,
  problems: string[],
): Promise<RunResult> {
  let again: RunResult;
  try {
    again = await sendPlan(parts, run, sent.plan, 'schema', 0);
  } catch (error) {
    // The retry is optional. If it cannot be sent, report the first reply's error.
    if (error instanceof AppError && error.code === 'cancelled') throw error;
    throw mismatch(run, sent, problems);
  }
  const both = { usage: addUsage(sent.usage, again.usage), cost: addCost(sent.cost, again.cost) };
  return { ...again, ...both, upstreamMs: sent.upstreamMs + again.upstreamMs };
}

function mismatch(run: Run, from: RunResult, problems: string[]): AppError {
  const message = `the reply does not match the schema: ${problems.join('; ')}`;
  return new AppError('output_schema_mismatch', message, {
    problems,
    reply: from.outcome.result.text,
    finish_reason: from.outcome.result.finish,
    raw: from.outcome.raw,
    attempts: run.attempts,
    usage: from.usage,
    cost: from.cost,
  });
}

const refusals: readonly ErrorCode[] = ['feature_disabled', 'missing_key', 'model_retired', 'unsafe_address'];
/** Errors that skip a fallback preset without ending the call. */
const laterRefusals: readonly ErrorCode[] = [
  ...refusals,
  'budget_exceeded',
  'cost_unbounded',
  'price_unknown',
  'parameter_refused',
];

function mayFallBack(error: unknown, reason: Attempt['reason']): boolean {
  if (error instanceof TransportError) return error.code !== 'content_filtered';
  return error instanceof AppError && (reason === 'first' ? refusals : laterRefusals).includes(error.code);
}

/**
 * Sends the first plan and, if the caller allows fallbacks, the next ones until one gets an answer.
 * @throws AppError with the last failed call's message, or the first refusal if no call was made
 */
export async function runChat(parts: RunParts, run: Run): Promise<RunResult> {
  let failure: { error: TransportError; plan: Plan } | undefined;
  let refusal: AppError | undefined;
  let reason: Attempt['reason'] = 'first';
  let begun = false;
  const { streamListener, saw } = watchedListener(run.streamListener, parts.redactor);
  const { plans, request, requestId, signal, bulk, attempts } = run;
  const onStart =
    run.onStart && ((plan: Plan) => (begun ? undefined : ((begun = true), run.onStart?.(plan))));
  const watched = { plans, request, requestId, signal, bulk, attempts, streamListener, onStart };
  for (const plan of plans) {
    try {
      const sent = await sendPlan(parts, watched, plan, reason, request.retries ?? defaultRetries);
      return await validated(parts, run, sent);
    } catch (error) {
      if (error instanceof TransportError) failure = { error, plan };
      else if (!(error instanceof AppError) || !mayFallBack(error, reason)) throw error;
      else {
        refusal ??= error;
        noteRefusal(run.attempts, plan, reason, error);
      }
      if (!mayFallBack(error, reason) || saw()) break;
      reason = 'fallback';
    }
  }
  if (failure) throw providerFailure(failure.error, failure.plan, run.attempts, parts.redactor);
  throw refusal ?? new AppError('internal_error', 'no plan was made');
}

/** Adds a skipped plan to the attempts. */
function noteRefusal(attempts: Attempt[], plan: Plan, reason: Attempt['reason'], error: AppError): void {
  const { provider, preset } = plan.resolved;
  const of = { provider: provider.name, model: plan.model.id, ...(preset ? { preset: preset.id } : {}) };
  attempts.push({
    n: attempts.length + 1,
    ...of,
    reason,
    status: null,
    code: error.code,
    message: error.message,
    ms: 0,
  });
}

/** The part of the answer that comes from a completed run. */
export function answerData(run: RunResult): ChatAnswer['data'] {
  const { result, headers } = run.outcome;
  // A caller who gets the provider's own bytes does not need the parsed reply.
  const raw = run.plan.passThrough ? null : run.outcome.raw;
  const data: ChatAnswer['data'] = {
    reply: result.text,
    raw,
    headers,
    usage: run.usage,
    finish_reason: result.finish,
  };
  if (run.json) data.json = run.json.value;
  if (run.json?.repaired) data.repaired = true;
  if (result.toolCalls.length) data.tool_calls = result.toolCalls;
  if (result.reasoning) data.reasoning = result.reasoning;
  return data;
}
