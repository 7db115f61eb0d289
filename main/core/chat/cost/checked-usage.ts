import type { Usage } from '../../../../contract/chat.ts';
import type { Warning } from '../../../../contract/warnings.ts';
import type { ChatResult } from '../../../adapters/define.ts';
import { warning } from '../../lib/warning.ts';
import { countPromptTokens, countText } from '../../registry/prices/count-tokens.ts';
import { maxCompletion, maxImages, maxPrompt, plainUsage } from '../plan/bound.ts';
import type { Plan } from '../plan/plan.ts';

/** Tokenizers differ by less than this, so a reported count below this fraction of ours is rejected. */
const minCompletion = 0.4;
const minPrompt = 0.25;
/** Differences up to this many tokens are normal (chat templates, start tokens). */
const slack = 20;
/** Larger than any model's context: a count above this, and above what was sent, is an error. */
const absurdTokens = 20_000_000;

/**
 * Added to the tokens received from a stream that broke off or was cancelled, because the provider goes on
 * generating for a moment: a quarter, and at least 200 tokens. docs/security.md documents it.
 */
const brokenMargin = 0.25;
const brokenMarginTokens = 200;

/** Everything that the model wrote, for counting. */
function writtenText({ text, reasoning, toolCalls }: ChatResult): string {
  return (
    text + (reasoning ?? '') + toolCalls.map((call) => call.function.name + call.function.arguments).join('')
  );
}

/** Body bytes outside messages, schema and tools that ordinary fields hardly exceed. */
const fieldBytes = 1000;

/** Tokens that `provider_options` add to the body outside the messages, at one token per byte. */
function addedTokens({ body, billing, messages, schema, bodyObject }: Plan): number {
  const known = JSON.stringify([messages, schema, bodyObject['tools']]);
  const accounted = Math.max(0, Buffer.byteLength(known) - billing.imageBytes) + fieldBytes;
  return Math.max(0, body.length - billing.imageBytes - accounted);
}

/**
 * Our own token counts, marked as an estimate. For a billed call they are an upper bound: each image counts
 * at its maximum.
 */
async function countedUsage(plan: Plan, result: ChatResult): Promise<Usage> {
  const tools = plan.bodyObject['tools'];
  const { tokens } = await countPromptTokens(plan.messages, { schema: plan.schema, tools }, false);
  const hidden = isPaid(plan) ? maxImages(plan) + plan.billing.extraPrompt + addedTokens(plan) : 0;
  return { ...plainUsage(tokens + hidden, await countText(writtenText(result))), estimated: true };
}

/** True if the provider bills the call. */
export const isPaid = (plan: Plan) => plan.resolved.provider.kind === 'cloud';

/** True if a reply shows only part of what the model wrote: hidden reasoning, or additional replies. */
export const hidesOutput = ({ thinksUnseen, billing }: Plan) => thinksUnseen || billing.replies > 1;

export interface CheckedUsage {
  usage: Usage;
  /** Reported figures that were rejected, explained for the user. */
  warnings: Warning[];
}

/**
 * Checks a complete reply's usage against our own count. Figures that are missing, zero although there is
 * text, far too small or absurd are replaced by our count. A figure above what was expected is accepted,
 * because it is what will be billed.
 */
export async function checkedUsage(plan: Plan, result: ChatResult): Promise<CheckedUsage> {
  const reported = result.usage;
  // The user's own server bills nothing, so its figures are shown unchanged.
  if (reported && (!isPaid(plan) || isPlausible(plan, result, reported)))
    return { usage: reported, warnings: [] };
  const counted = await countedUsage(plan, result);
  if (!reported) return { usage: counted, warnings: [] };
  // A provider may not count the schema, so the minimum is taken from the messages alone.
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
  const text = `the provider reported ${counts}, which does not fit what was sent and received: ${prompt} and ${completion} are counted`;
  const values = {
    reported_prompt: reported.prompt_tokens,
    reported_reply: reported.completion_tokens,
    prompt,
    reply: completion,
  };
  return { usage, warnings: [warning('usage_replaced', values, text)] };
}

/**
 * True if the reported counts are certainly not too small, decided without tokenizing: hardly any text
 * exceeds eight bytes per token.
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
  /** A lower reported count is rejected. */
  least: number;
  counted: number;
  /** The maximum that the request allows. */
  bound: number;
  /** A few words may be reported as 0 if the rest of the usage is present. */
  mayBeZero: boolean;
}

/** The reported count, or our own if the reported one is implausible. */
function believedCount(reported: number, { least, counted, bound, mayBeZero }: CountLimits): number {
  if (reported < least - slack || (reported === 0 && counted > 0 && !mayBeZero)) return counted;
  return reported > Math.max(absurdTokens, bound) ? Math.max(counted, bound) : reported;
}

/**
 * The usage charged for a stream that broke off: at least what was reported before it broke and what arrived
 * plus a margin, at most the reply's limit.
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
