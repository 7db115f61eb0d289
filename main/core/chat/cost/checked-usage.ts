import type { Cost, Usage } from '../../../../contract/chat.ts';
import type { ChatResult } from '../../../adapters/define.ts';
import { countPromptTokens, countText } from '../../registry/prices/count-tokens.ts';
import type { Price } from '../../registry/prices/price-table.ts';
import { maxCompletion, maxImages, maxPrompt, plainUsage } from '../plan/bound.ts';
import type { Plan } from '../plan/plan.ts';

/** A provider's tokenizer and ours differ by less than that: a reported count below this part of ours is not believed. */
const minCompletion = 0.4;
const minPrompt = 0.25;
/** So few tokens are counted differently for reasons of their own (a template, a start token). */
const slack = 20;
/** A window that no model has yet: a count above it, and above what was sent, is a slip. */
const absurdTokens = 20_000_000;
/** No call costs so many times what it was bounded at, tools and searches included. */
const absurdCostFactor = 1000;
/** A bill below that is never called absurd. */
const absurdCostUsd = 100;

/**
 * What is added for a stream that broke off or was cancelled, on top of what arrived: the provider goes on writing for
 * a moment. A quarter, and 200 tokens at least; docs/security.md states it.
 */
const brokenMargin = 0.25;
const brokenMarginTokens = 200;

/** All that the model wrote, for counting. */
function writtenText({ text, reasoning, toolCalls }: ChatResult): string {
  return (
    text + (reasoning ?? '') + toolCalls.map((call) => call.function.name + call.function.arguments).join('')
  );
}

/** Bytes of a body that its messages, schema and tools do not account for, and that its other fields hardly have. */
const fieldBytes = 1000;

/** What `provider_options` put into the body, which no message shows, at a token a byte. */
function addedTokens({ body, billing, messages, schema, bodyObject }: Plan): number {
  const known = JSON.stringify([messages, schema, bodyObject['tools']]);
  const accounted = Math.max(0, Buffer.byteLength(known) - billing.imageBytes) + fieldBytes;
  return Math.max(0, body.length - billing.imageBytes - accounted);
}

/** Usage as we count it, marked so. On a bill no less is counted than may be on it: each image at its largest. */
async function countedUsage(plan: Plan, result: ChatResult): Promise<Usage> {
  const tools = plan.bodyObject['tools'];
  const { tokens } = await countPromptTokens(plan.messages, { schema: plan.schema, tools }, false);
  const hidden = isPaid(plan) ? maxImages(plan) + plan.billing.extraPrompt + addedTokens(plan) : 0;
  return { ...plainUsage(tokens + hidden, await countText(writtenText(result))), estimated: true };
}

const isPaid = (plan: Plan) => plan.resolved.provider.kind === 'cloud';

/** True where a reply shows only a part of what was written: thoughts that are not sent, or further replies. */
export const hidesOutput = ({ thinksUnseen, billing }: Plan) => thinksUnseen || billing.replies > 1;

export interface CheckedUsage {
  usage: Usage;
  /** What of the provider's figures was not believed, for people. */
  warnings: string[];
}

/**
 * A whole reply's usage, held against our own count: figures that are missing, zero beside text, far too small or
 * absurd are replaced by it. A figure above what was expected is believed: it is what will be billed.
 */
export async function checkedUsage(plan: Plan, result: ChatResult): Promise<CheckedUsage> {
  const reported = result.usage;
  // A server of the user's own bills nothing: its figures are shown as they are.
  if (reported && (!isPaid(plan) || isPlausible(plan, result, reported)))
    return { usage: reported, warnings: [] };
  const counted = await countedUsage(plan, result);
  if (!reported) return { usage: counted, warnings: [] };
  // A schema may travel without being counted, so the least is judged by the messages alone.
  const messages = (await countPromptTokens(plan.messages, {}, false)).tokens;
  const prompt = believedCount(reported.prompt_tokens, {
    least: messages * minPrompt,
    counted: counted.prompt_tokens,
    bound: maxPrompt(plan),
    mayBeZero: false,
  });
  const completion = believedCount(reported.completion_tokens, {
    least: counted.completion_tokens * minCompletion,
    counted: counted.completion_tokens,
    bound: maxCompletion(plan) ?? 0,
    mayBeZero: reported.prompt_tokens > 0 && counted.completion_tokens <= slack,
  });
  if (prompt === reported.prompt_tokens && completion === reported.completion_tokens)
    return { usage: reported, warnings: [] };
  const usage: Usage = {
    ...reported,
    ...plainUsage(prompt, completion),
    estimated: true,
  };
  const counts = `${reported.prompt_tokens} prompt and ${reported.completion_tokens} reply tokens`;
  const warning = `the provider reported ${counts}, which does not fit what was sent and received: ${prompt} and ${completion} are counted`;
  return { usage, warnings: [warning] };
}

/**
 * True where the reported counts are surely not too small, judged without counting: hardly any text has more than eight
 * bytes a token.
 */
function isPlausible(plan: Plan, result: ChatResult, reported: Usage): boolean {
  const { billing, body } = plan;
  const sent = body.length - billing.imageBytes;
  const written = Buffer.byteLength(writtenText(result));
  const enough = (tokens: number, bytes: number) => tokens > 0 && tokens >= bytes / 8;
  return (
    enough(reported.prompt_tokens, sent) &&
    reported.prompt_tokens <= Math.max(absurdTokens, sent) &&
    enough(reported.completion_tokens, written) &&
    reported.completion_tokens <= absurdTokens
  );
}

interface CountLimits {
  /** A reported count below that is not believed. */
  least: number;
  counted: number;
  /** The most that was asked for. */
  bound: number;
  /** A few words may be reported as none where the rest of the usage is there. */
  mayBeZero: boolean;
}

/** The reported count, or ours where the reported one cannot be true. */
function believedCount(reported: number, { least, counted, bound, mayBeZero }: CountLimits): number {
  if (reported < least - slack || (reported === 0 && counted > 0 && !mayBeZero)) return counted;
  return reported > Math.max(absurdTokens, bound) ? Math.max(counted, bound) : reported;
}

/**
 * What a stream that broke off is booked at: no less than what was reported before it broke, than what arrived and its
 * margin, and no more than the reply's limit.
 */
export async function brokenUsage(plan: Plan, partial: ChatResult): Promise<Usage> {
  const counted = await countedUsage(plan, partial);
  const reported = partial.usage;
  if (
    reported &&
    partial.finish !== null &&
    reported.completion_tokens >= counted.completion_tokens * minCompletion
  )
    return (await checkedUsage(plan, partial)).usage;
  const written = Math.max(reported?.completion_tokens ?? 0, counted.completion_tokens);
  const withMargin = written + Math.max(brokenMarginTokens, Math.ceil(written * brokenMargin));
  const limit = maxCompletion(plan) ?? Infinity;
  const completion_tokens = Math.max(written, Math.min(withMargin, limit));
  const prompt_tokens = Math.max(reported?.prompt_tokens ?? 0, counted.prompt_tokens);
  return {
    ...reported,
    ...plainUsage(prompt_tokens, completion_tokens),
    estimated: true,
  };
}

/** True where the provider reported more of something than was asked for, and was believed. */
function isAboveBound(plan: Plan, reported: Usage | null, usage: Usage): boolean {
  const isTaken = (name: 'prompt_tokens' | 'completion_tokens', limit: number) =>
    reported !== null && reported[name] === usage[name] && usage[name] > limit;
  return (
    isTaken('prompt_tokens', maxPrompt(plan)) || isTaken('completion_tokens', maxCompletion(plan) ?? Infinity)
  );
}

export interface PricedCost {
  cost: Cost | null;
  warnings: string[];
}

const usd = (amount: number) => `$${amount.toFixed(amount < 0.01 ? 5 : 2)}`;

/**
 * What usage comes to: the provider's own figure where it has a believable one, else by the price. Null where
 * neither is known.
 * @param bound USD that were reserved; 0 where nothing was
 * @param reported the provider's own counts, which `usage` was made from
 */
export function pricedCost(
  plan: Plan,
  price: Price | null,
  bound: number,
  usage: Usage,
  reportedUsd: number | undefined,
  reported: Usage | null,
): PricedCost {
  if (!isPaid(plan))
    return {
      cost: reportedUsd === undefined ? free : { ...free, total: reportedUsd, source: 'provider' },
      warnings: [],
    };
  const byPrice = price?.of(usage) ?? null;
  const problem = reportedUsd === undefined ? null : costProblem(reportedUsd, byPrice, bound);
  if (reportedUsd !== undefined && !problem) {
    const cost: Cost = {
      total: reportedUsd,
      currency: 'USD',
      source: 'provider',
      ...cacheSaving(price, usage),
    };
    return { cost, warnings: overrun(reportedUsd, bound) };
  }
  const warnings = problem
    ? [`the provider reported a cost of ${reportedUsd} USD, which ${problem}: our own count is booked`]
    : [];
  // Nothing says what it cost, so all that was reserved counts.
  if (byPrice === null) return { cost: reportedUsd === undefined ? null : counted(bound), warnings };
  if (reportedUsd !== undefined && reportedUsd > 0)
    return { cost: counted(Math.max(byPrice, bound)), warnings };
  if (plan.billing.beyondTokens && bound > 0) {
    const note = `what else the provider bills for this call is not reported: all that was reserved for it is booked`;
    return { cost: counted(Math.max(byPrice, bound)), warnings: [...warnings, note] };
  }
  if (usage.estimated && bound > 0) {
    // A count of ours may be too high: what was asked for bounds the bill, unless the provider reported more than that.
    const limit = isAboveBound(plan, reported, usage) ? Math.max(byPrice, bound) : bound;
    return { cost: counted(hidesOutput(plan) ? limit : Math.min(byPrice, limit)), warnings };
  }
  const cost: Cost = { total: byPrice, currency: 'USD', source: 'price_table', ...cacheSaving(price, usage) };
  return { cost, warnings: [...warnings, ...overrun(byPrice, bound)] };
}

/** What the provider's cache took off the price of the same tokens; nothing where no cache was used or no price is known. */
function cacheSaving(price: Price | null, usage: Usage): Pick<Cost, 'cache_saving'> {
  const { cached_tokens: read = 0, cache_write_tokens: written = 0, cache_write_1h_tokens: hour = 0 } = usage;
  if (price === null || read + written + hour === 0) return {};
  const uncached = { ...usage, cached_tokens: 0, cache_write_tokens: 0, cache_write_1h_tokens: 0 };
  return { cache_saving: price.of(uncached) - price.of(usage) };
}

const free: Cost = { total: 0, currency: 'USD', source: 'free' };

const counted = (total: number): Cost => ({
  total,
  currency: 'USD',
  source: 'price_table',
  estimated: true,
});

/** A bill above its bound is booked as it is, and shown. */
function overrun(total: number, bound: number): string[] {
  if (bound === 0 || total <= bound * 1.000001) return [];
  return [`this call came to ${usd(total)}, more than the ${usd(bound)} that were reserved for it`];
}

/** Why a reported cost is not believed; null where it is. A free variant of a model is priced at 0 by our own table too. */
function costProblem(reportedUsd: number, byPrice: number | null, bound: number): string | null {
  if (!Number.isFinite(reportedUsd) || reportedUsd < 0) return 'no bill can be';
  if (reportedUsd === 0 && byPrice !== null && byPrice > 0) return 'is nothing for a model that has a price';
  if (reportedUsd > Math.max(absurdCostUsd, bound * absurdCostFactor)) return 'no call of this size comes to';
  return null;
}
