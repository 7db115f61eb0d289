import type { Cost, Usage } from '../../../contract/chat.ts';
import type { ChatResult } from '../../adapters/define.ts';
import { AppError } from '../lib/app-error.ts';
import type { Budget, Reservation } from '../budget/budget.ts';
import { countPromptTokens, countText } from '../registry/prices/count-tokens.ts';
import { knownPrice, priceOf, type Price } from '../registry/prices/price-table.ts';
import type { Registry } from '../registry/build-registry.ts';
import { upperBound } from './estimate.ts';
import type { Plan } from './plan.ts';

/** The money side of one plan: set aside before it is sent, settled when its cost is known. */
export interface Purse {
  price: Price | null;
  reservation: Reservation | null;
  /** USD that were set aside: what the call cannot exceed. */
  upTo: number;
}

const allowsUnknown = (plan: Plan) => plan.resolved.provider.settings['allow_unknown_price'] === true;

/**
 * Sets aside what a cloud call can cost at most; a call that leaves no bill needs nothing. At once where price and lease
 * are there, which is nearly always.
 * @throws AppError `budget_exceeded`, `price_unknown`
 */
export function openPurse(
  registry: Registry,
  budget: Budget,
  plan: Plan,
  now: number,
): Purse | Promise<Purse> {
  const { provider } = plan.resolved;
  if (provider.kind !== 'cloud') return { price: null, reservation: null, upTo: 0 };
  const price = knownPrice(registry, provider, plan.model, now);
  if (price !== undefined) return setAside(budget, plan, price);
  return priceOf(registry, provider, plan.model, now).then((found) => setAside(budget, plan, found));
}

function setAside(budget: Budget, plan: Plan, price: Price | null): Purse | Promise<Purse> {
  const { provider } = plan.resolved;
  const { daily, call } = budget.limits;
  const limited = Number.isFinite(daily) || Number.isFinite(call);
  if (!price && limited && !allowsUnknown(plan))
    throw new AppError(
      'price_unknown',
      `the price of ${plan.model.id} is not known, so no budget can hold: set the setting allow_unknown_price of ${provider.name} to true, or give the model a price in the registry`,
      { provider: provider.name, model: plan.model.id },
    );
  const upTo = price ? upperBound(plan, price) : 0;
  // Without a price nothing is set aside, but what the provider says it cost is counted.
  const reserved = budget.reserve(upTo);
  if (reserved instanceof Promise) return reserved.then((reservation) => ({ price, reservation, upTo }));
  return { price, reservation: reserved, upTo };
}

/** All that the model wrote, for counting. */
function writtenText({ text, reasoning, toolCalls }: ChatResult): string {
  return (
    text + (reasoning ?? '') + toolCalls.map((call) => call.function.name + call.function.arguments).join('')
  );
}

/** Usage where the provider tells none: counted by us and marked so. */
export async function estimatedUsage(plan: Plan, result: ChatResult): Promise<Usage> {
  const prompt = (await countPromptTokens(plan.messages, { schema: plan.schema }, false)).tokens;
  const completion = await countText(writtenText(result));
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    estimated: true,
  };
}

/** What a broken reply came to: what was told before it broke, and no less than what had arrived. */
export async function usageOfPartial(plan: Plan, partial: ChatResult): Promise<Usage> {
  const counted = await estimatedUsage(plan, partial);
  const told = partial.usage;
  if (!told || (partial.finish !== null && told.completion_tokens > 0)) return told ?? counted;
  const completion_tokens = Math.max(told.completion_tokens, counted.completion_tokens);
  return {
    ...told,
    completion_tokens,
    total_tokens: told.prompt_tokens + completion_tokens,
    estimated: true,
  };
}

/** Two calls' tokens together. */
export function addUsage(a: Usage, b: Usage): Usage {
  const sum = (x: number | undefined, y: number | undefined) => (x ?? 0) + (y ?? 0);
  const either = (name: 'cached_tokens' | 'reasoning_tokens') =>
    a[name] === undefined && b[name] === undefined ? {} : { [name]: sum(a[name], b[name]) };
  return {
    prompt_tokens: sum(a.prompt_tokens, b.prompt_tokens),
    completion_tokens: sum(a.completion_tokens, b.completion_tokens),
    total_tokens: sum(a.total_tokens, b.total_tokens),
    ...either('cached_tokens'),
    ...either('reasoning_tokens'),
    ...(a.estimated || b.estimated ? { estimated: true } : {}),
  };
}

/** Two calls' costs together; null where one is unknown. */
export function addCost(a: Cost | null, b: Cost | null): Cost | null {
  return a && b
    ? { ...b, total: a.total + b.total, ...(a.estimated || b.estimated ? { estimated: true } : {}) }
    : null;
}

/** What a call came to: the provider's own figure where it tells one; null where nobody knows. */
export function costOf(plan: Plan, purse: Purse, usage: Usage, told: number | undefined): Cost | null {
  if (told !== undefined) return { total: told, currency: 'USD', source: 'provider' };
  if (plan.resolved.provider.kind !== 'cloud') return { total: 0, currency: 'USD', source: 'free' };
  if (!purse.price) return null;
  const total = purse.price.of(usage);
  if (!usage.estimated) return { total, currency: 'USD', source: 'price_table' };
  // A count of ours may be off; what was asked for bounds the bill.
  return { total: Math.min(total, purse.upTo), currency: 'USD', source: 'price_table', estimated: true };
}
