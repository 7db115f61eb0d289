import type { Cost, Usage } from '../../../contract/chat.ts';
import type { ChatResult } from '../../adapters/define.ts';
import { AppError } from '../app-error.ts';
import type { Budget, Reservation } from '../budget/budget.ts';
import { countPromptTokens, countText } from '../pricing/count-tokens.ts';
import { priceOf, type Price } from '../pricing/price-table.ts';
import type { Registry } from '../registry/build-registry.ts';
import { upperBound } from './estimate.ts';
import type { Plan } from './plan.ts';

/** The money side of one plan: set aside before it is sent, settled when its cost is known. */
export interface Purse {
  price: Price | null;
  reservation: Reservation | null;
}

const allowsUnknown = (plan: Plan) => plan.resolved.provider.settings['allow_unknown_price'] === true;

/**
 * Sets aside what a cloud call can cost at most; a call that leaves no bill needs nothing.
 * @throws AppError `budget_exceeded`, `price_unknown`
 */
export async function openPurse(registry: Registry, budget: Budget, plan: Plan, now: number): Promise<Purse> {
  const { provider } = plan.resolved;
  if (provider.kind !== 'cloud') return { price: null, reservation: null };
  const price = await priceOf(registry, provider, plan.model, now);
  const limited = Number.isFinite(budget.limits.daily) || Number.isFinite(budget.limits.call);
  if (!price && limited && !allowsUnknown(plan))
    throw new AppError(
      'price_unknown',
      `the price of ${plan.model.id} is not known, so no budget can hold: set the setting allow_unknown_price of ${provider.name} to true, or give the model a price in the registry`,
      { provider: provider.name, model: plan.model.id },
    );
  return { price, reservation: price ? budget.reserve(upperBound(plan, price)) : null };
}

/** Usage as the provider told it, else counted by us and marked so. */
export async function usageOrEstimate(plan: Plan, result: ChatResult): Promise<Usage> {
  if (result.usage) return result.usage;
  const prompt = (await countPromptTokens(plan.messages, { schema: plan.schema }, false)).tokens;
  const completion = await countText(result.text);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion, estimated: true };
}

/** What a call came to: the provider's own figure where it tells one; null where nobody knows. */
export function costOf(plan: Plan, purse: Purse, usage: Usage, told: number | undefined): Cost | null {
  if (told !== undefined) return { total: told, currency: 'USD', source: 'provider' };
  if (plan.resolved.provider.kind !== 'cloud') return { total: 0, currency: 'USD', source: 'free' };
  if (!purse.price) return null;
  const estimated = usage.estimated ? { estimated: true } : {};
  return { total: purse.price.of(usage), currency: 'USD', source: 'price_table', ...estimated };
}
