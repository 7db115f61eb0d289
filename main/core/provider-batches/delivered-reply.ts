import type { Attempt, Cost } from '../../../contract/chat.ts';
import { checkedUsage } from '../chat/cost/checked-usage.ts';
import { pricedCost } from '../chat/cost/priced-cost.ts';
import type { ChatParts } from '../chat/chat-service.ts';
import type { Plan } from '../chat/plan/plan.ts';
import { validated, type RunResult } from '../chat/pipeline.ts';
import type { ChatCall } from '../chat/resolve/merge-options.ts';
import { checkContent } from '../chat/send/empty-reply.ts';
import { providerFailure } from '../chat/send/provider-failure.ts';
import { TransportError } from '../net/transport-error.ts';
import type { Price } from '../registry/prices/price-table.ts';

/** A reply from a batch's results. */
export interface DeliveredReply {
  /** The provider's JSON, as in a live call. */
  json: unknown;
  plan: Plan;
  request: ChatCall;
  requestId: string;
  /** At the batch price. */
  price: Price | null;
  /** USD reserved for it. */
  bound: number;
}

/**
 * Reads a delivered reply like the pipeline of live calls: usage, cost, content, schema. Its single attempt
 * has the charge.
 * @throws AppError as a live call without retries
 */
export async function readDelivered(
  parts: ChatParts,
  delivered: DeliveredReply,
  attempts: Attempt[],
): Promise<RunResult> {
  const { plan, price, bound, json, request, requestId } = delivered;
  const attempt: Attempt = {
    n: 1,
    provider: plan.resolved.provider.name,
    model: plan.model.id,
    reason: 'first',
    status: 200,
    code: null,
    ms: 0,
  };
  attempts.push(attempt);
  const fail = (failure: TransportError) => {
    attempt.code = failure.code;
    attempt.message = failure.message;
    return providerFailure(failure, plan, attempts, parts.redactor);
  };
  const result = plan.adapter.fromResponse(json);
  if (!result) {
    attempt.charge = 'unknown';
    attempt.cost = boundAsCost(bound);
    throw fail(
      new TransportError('provider_bad_reply', 'the delivered reply cannot be read', { status: 200 }),
    );
  }
  const { usage, warnings } = await checkedUsage(plan, result);
  const priced = pricedCost(plan, price, bound, usage, result.costUsd, result.usage);
  attempt.charge = 'settled';
  attempt.cost = priced.cost ?? boundAsCost(bound);
  const read = { result, status: 200, headers: {}, raw: json, bytes: undefined, firstTokenMs: undefined };
  const { result: content, empty, warnings: notes } = checkContent(plan, read);
  if (empty) throw fail(empty);
  const sent: RunResult = {
    plan,
    price: { price, bound },
    outcome: { ...read, result: content },
    usage,
    cost: priced.cost,
    warnings: [...warnings, ...priced.warnings, ...notes],
    upstreamMs: 0,
  };
  const signal = new AbortController().signal;
  const run = { plans: [plan], request: { ...request, retries: 0 }, requestId, signal, attempts };
  return validated(parts, run, sent);
}

const boundAsCost = (bound: number): Cost => ({
  total: bound,
  currency: 'USD',
  source: 'price_table',
  estimated: true,
});
