import type { Attempt, ChatAnswer, ChatRequest, Cost, Usage } from '../../../contract/chat.ts';
import type { ErrorCode } from '../../../contract/errors.ts';
import { AppError } from '../lib/app-error.ts';
import type { Budget } from '../budget/budget.ts';
import type { AnySignal } from '../lib/call-signal.ts';
import type { FeatureFlags } from '../registry/features/feature-flags.ts';
import type { Redactor } from '../lib/redact.ts';
import type { Registry } from '../registry/build-registry.ts';
import type { KeyFinder } from '../secrets/key-finder.ts';
import { WireFailure } from '../net/wire-failure.ts';
import { sendWithRetries, type AttemptParts } from './attempts.ts';
import type { CallOutcome } from './call-once.ts';
import { checkGates } from './preflight-checks.ts';
import {
  addCost,
  addUsage,
  costOf,
  estimatedUsage,
  openPurse,
  usageOfPartial,
  type Purse,
} from './cost-reservation.ts';
import { partialOf } from './partial-reply.ts';
import type { Plan } from './plan.ts';
import { providerFailure } from './provider-failure.ts';
import { checkReply } from './reply-schema.ts';
import type { ChatSink } from './stream-listener.ts';
import { watchedSink } from './watched-listener.ts';

export interface RunParts extends AttemptParts {
  registry(): Registry;
  flags: FeatureFlags;
  keys: KeyFinder;
  budget: Budget;
  redactor: Redactor;
  now(): number;
}

export interface Run {
  /** The plan first, then what `fallback` may go on to, made when it is needed. */
  plans: Iterable<Plan>;
  request: ChatRequest;
  requestId: string;
  signal: AnySignal;
  sink?: ChatSink | undefined;
  attempts: Attempt[];
  /** Called once, when the first request is about to go out. */
  onStart?: ((plan: Plan) => void | Promise<void>) | undefined;
}

export interface RunResult {
  plan: Plan;
  outcome: CallOutcome;
  usage: Usage;
  cost: Cost | null;
  purse: Purse;
  upstreamMs: number;
  json?: { value: unknown; repaired: boolean };
}

const defaultRetries = 2;

/** Sends one plan within its budget; what was received of a broken reply is still paid for. */
async function sendOne(
  parts: RunParts,
  run: Run,
  plan: Plan,
  reason: Attempt['reason'],
  retries: number,
): Promise<RunResult> {
  checkGates(plan, run.request, parts.flags, parts.keys);
  const opening = openPurse(parts.registry(), parts.budget, plan, parts.now());
  const purse = opening instanceof Promise ? await opening : opening;
  const started = performance.now();
  const { signal, sink, attempts, requestId } = run;
  let spent = 0;
  const settleAs = (cost: Cost | null) => {
    spent = cost?.total ?? 0;
    const last = attempts.at(-1);
    if (last) last.cost = cost;
    return cost;
  };
  try {
    if (run.onStart) await run.onStart(plan);
    const asked = { plan, retries, reason, signal, sink, attempts, requestId };
    const outcome = await sendWithRetries(parts, asked);
    const usage = outcome.result.usage ?? (await estimatedUsage(plan, outcome.result));
    if (!outcome.result.usage) await sink?.usage(usage);
    const cost = settleAs(costOf(plan, purse, usage, outcome.result.costUsd));
    return { plan, outcome, usage, cost, purse, upstreamMs: performance.now() - started };
  } catch (error) {
    const partial = partialOf(error);
    if (partial) settleAs(costOf(plan, purse, await usageOfPartial(plan, partial), partial.costUsd));
    throw error;
  } finally {
    purse.reservation?.settle(spent);
  }
}

/** Holds the reply against its schema; asks once more where the caller's retries and the budget allow. */
async function structured(parts: RunParts, run: Run, sent: RunResult): Promise<RunResult> {
  const { schema } = sent.plan;
  if (!schema || sent.outcome.result.toolCalls.length) return sent;
  const first = checkReply(schema, sent.outcome.result.text);
  if (first.fits) return { ...sent, json: { value: first.json, repaired: first.repaired } };
  const failed = (problems: string[], from: RunResult) =>
    new AppError('output_schema_mismatch', `the reply does not fit the schema: ${problems.join('; ')}`, {
      problems,
      reply: from.outcome.result.text,
      raw: from.outcome.raw,
      attempts: run.attempts,
      usage: from.usage,
      cost: from.cost,
    });
  const mayAsk = !run.sink && (run.request.retries ?? defaultRetries) > 0;
  if (!mayAsk) throw failed(first.problems, sent);
  let again: RunResult;
  try {
    again = await sendOne(parts, run, sent.plan, 'schema', 0);
  } catch (error) {
    // The second question is a favour: when it cannot be asked, the first answer's error is the true one.
    if (error instanceof AppError && error.code === 'cancelled') throw error;
    throw failed(first.problems, sent);
  }
  const both = { usage: addUsage(sent.usage, again.usage), cost: addCost(sent.cost, again.cost) };
  again = { ...again, ...both, upstreamMs: sent.upstreamMs + again.upstreamMs };
  const second = checkReply(schema, again.outcome.result.text);
  if (!second.fits) throw failed(second.problems, again);
  return { ...again, json: { value: second.json, repaired: second.repaired } };
}

const refusals: readonly ErrorCode[] = ['feature_disabled', 'missing_key', 'model_retired', 'unsafe_address'];
/** What stops a preset further down the list without being an answer to the caller. */
const laterRefusals: readonly ErrorCode[] = [
  ...refusals,
  'budget_exceeded',
  'price_unknown',
  'parameter_refused',
];

function mayFallBack(error: unknown, reason: Attempt['reason']): boolean {
  if (error instanceof WireFailure) return error.code !== 'content_filtered';
  return error instanceof AppError && (reason === 'first' ? refusals : laterRefusals).includes(error.code);
}

/**
 * Sends the first plan and, where the caller allows it, the next ones, until one answers.
 * @throws AppError with the last failed call's words, or with the refusal when none was made; nothing is made up
 */
export async function runChat(parts: RunParts, run: Run): Promise<RunResult> {
  let failure: { error: WireFailure; plan: Plan } | undefined;
  let refusal: AppError | undefined;
  let reason: Attempt['reason'] = 'first';
  let begun = false;
  const { sink, saw } = watchedSink(run.sink, parts.redactor);
  const { plans, request, requestId, signal, attempts } = run;
  const onStart =
    run.onStart && ((plan: Plan) => (begun ? undefined : ((begun = true), run.onStart?.(plan))));
  const watched = { plans, request, requestId, signal, attempts, sink, onStart };
  for (const plan of plans) {
    try {
      const sent = await sendOne(parts, watched, plan, reason, request.retries ?? defaultRetries);
      return plan.schema ? await structured(parts, run, sent) : sent;
    } catch (error) {
      if (error instanceof WireFailure) failure = { error, plan };
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

/** A step that was not taken is told as well. */
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

/** The answer's part that comes from a finished run. */
export function answerData(run: RunResult): ChatAnswer['data'] {
  const { result, bytes, headers } = run.outcome;
  // Whoever gets the reply's own bytes has no use for what was read from them.
  const raw = bytes ? null : run.outcome.raw;
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
