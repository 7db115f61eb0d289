import type { Message, Usage } from '../../../../contract/chat.ts';
import type { Rewritten } from '../../../../contract/plan.ts';
import { isObject, type JsonObject } from '../../lib/json.ts';

/** What Ollama reads of a prompt when nobody says otherwise; more only on machines with much video memory. */
const ollamaContext = 4096;
/** The most that is asked for by itself: a context of this size takes about 2 GB beside an 8B model. */
const freeNumCtx = 16_384;
/** Where the model's own context is not on record. */
const anyContext = 131_072;
/** Left for the reply where nobody limits it. */
const usualReply = 1024;
/** A rough count may be this much too low. */
const margin = 1.2;
/** Below this a provider's own count says nothing: chat formats and tokenizers differ. */
const minCounted = 1000;

const unit =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]|[A-Za-z]+|\p{N}{1,3}|[\p{L}\p{M}]+|[^\s\p{L}\p{N}\p{M}]{1,3}/gu;
/** Above this length a text is counted by its beginning. */
const counted = 100_000;

/** Tokens of a text, counted low: within a third of what usual tokenizers make of prose. No dictionary is loaded. */
export function roughTokens(text: string): number {
  const part = text.slice(0, counted);
  let tokens = 0;
  for (const [found] of part.matchAll(unit)) {
    if (/^[A-Za-z]/.test(found)) tokens += Math.ceil(found.length / 7);
    else tokens += /^[\p{L}\p{M}]{2}/u.test(found) ? Math.ceil(found.length / 4) : 1;
  }
  return Math.ceil(tokens * (text.length / Math.max(1, part.length)));
}

/** The text of a prompt; pictures and sounds are not counted. */
function promptText(messages: readonly Message[], extras: readonly unknown[]): string {
  const texts = messages.map(({ content }) => {
    if (typeof content === 'string') return content;
    if (!Array.isArray(content)) return '';
    return content.flatMap((part) => (typeof part['text'] === 'string' ? [part['text']] : [])).join('\n');
  });
  const more = extras.map((extra) => (extra === undefined ? '' : JSON.stringify(extra)));
  return [...texts, ...more].join('\n');
}

/** A prompt as it is held against a context. */
export interface Prompt {
  messages: readonly Message[];
  /** Schema and tools, where they travel as text. */
  extras: readonly unknown[];
  /** Bytes of the whole request: no prompt has more tokens. */
  bytes: number;
}

/** Rough tokens of a prompt; 0 where its bytes show that it has fewer than `least`. */
function tokensFrom({ messages, extras, bytes }: Prompt, least: number): number {
  return bytes < least ? 0 : roughTokens(promptText(messages, extras));
}

const shown = (tokens: number) => tokens.toLocaleString('en-US');

/** What is known of the model that a prompt goes to. */
export interface ContextOf {
  model: string;
  /** Tokens; null where it is not on record. */
  context: number | null;
  /** The most tokens the reply may have, where the request says. */
  maxTokens: number | undefined;
}

/** Warnings for a prompt that is longer than the model's context, alone or together with the reply that is asked for. */
export function contextWarnings(prompt: Prompt, { model, context, maxTokens }: ContextOf): string[] {
  if (context === null) return [];
  const reply = maxTokens ?? 0;
  const tokens = tokensFrom(prompt, Math.max(0, context - reply));
  if (tokens > context)
    return [
      `the prompt has about ${shown(tokens)} tokens, ${model}'s context ${shown(context)}: it will be refused or cut`,
    ];
  if (tokens && tokens + reply > context)
    return [
      `the prompt has about ${shown(tokens)} tokens and the reply may have ${shown(reply)}, together more than ${model}'s context of ${shown(context)}`,
    ];
  return [];
}

/** Ollama's body with the context that its prompt needs, and the warnings about it. */
export interface FittedContext {
  body: JsonObject;
  rewritten: Rewritten[];
  warnings: string[];
}

/** A server keeps a model loaded while `num_ctx` stays: steps, so that it does not change with every call. */
function stepFor(needed: number, max: number): number {
  let step = ollamaContext * 2;
  while (step < needed) step *= 2;
  return Math.min(step, max);
}

/**
 * Sets `options.num_ctx` where a prompt to Ollama is longer than what it reads by itself: silently it would cut the
 * beginning. Up to 16,384 tokens that happens by itself; the provider's setting `allow_num_ctx` takes the model's whole
 * context (`true`) or nothing (`false`). What the request says itself stands.
 * Source: https://docs.ollama.com/context-length
 * @param body Ollama's request; not changed
 */
export function fitOllamaContext(
  body: JsonObject,
  prompt: Prompt,
  { context, maxTokens }: Omit<ContextOf, 'model'>,
  settings: Record<string, unknown>,
): FittedContext {
  const options = isObject(body['options']) ? body['options'] : {};
  const given = typeof options['num_ctx'] === 'number' ? options['num_ctx'] : undefined;
  const reads = given ?? ollamaContext;
  const same: FittedContext = { body, rewritten: [], warnings: [] };
  const reply = maxTokens ?? usualReply;
  const tokens = tokensFrom(prompt, Math.max(0, reads - reply) / margin);
  const needed = Math.ceil(tokens * margin) + reply;
  if (tokens === 0 || needed <= reads) return same;
  if (given !== undefined)
    return tokens > given ? { ...same, warnings: [cutByOllama(tokens, `num_ctx is ${shown(given)}`)] } : same;
  const allowed = settings['allow_num_ctx'];
  const own = context ?? anyContext;
  const max = allowed === true ? own : allowed === false ? 0 : Math.min(freeNumCtx, own);
  // A context below what the server may have by itself would cut more: then nothing is set.
  if (max > reads && tokens <= max) return withNumCtx(body, options, stepFor(needed, max), tokens);
  if (tokens <= reads) return same;
  const how = allowed === true ? '' : '; set num_ctx, or the provider’s setting allow_num_ctx to true';
  const why = `it reads ${shown(reads)} unless it is told otherwise${how}`;
  return { ...same, warnings: [cutByOllama(tokens, why)] };
}

const cutByOllama = (tokens: number, why: string) =>
  `the prompt has about ${shown(tokens)} tokens and Ollama may cut its beginning without a word: ${why}`;

function withNumCtx(body: JsonObject, options: JsonObject, numCtx: number, tokens: number): FittedContext {
  const reason = `the prompt has about ${shown(tokens)} tokens, and Ollama reads ${shown(ollamaContext)} unless it is told otherwise (provider setting allow_num_ctx)`;
  return {
    body: { ...body, options: { ...options, num_ctx: numCtx } },
    rewritten: [{ path: '/options/num_ctx', from: null, to: numCtx, reason }],
    warnings: [],
  };
}

/**
 * A warning where the provider counted far fewer prompt tokens than were sent: the server cut the prompt.
 * @param usage as the provider reported it; null or an estimate proves nothing
 */
export function cutPromptWarning(prompt: Prompt, usage: Usage | null): string | null {
  if (!usage || usage.estimated || usage.prompt_tokens <= 0) return null;
  const reported = Math.max(usage.prompt_tokens, usage.cached_tokens ?? 0);
  const sent = tokensFrom(prompt, Math.max(minCounted, reported * 2));
  if (sent < minCounted || reported * 2 > sent) return null;
  return `the provider counted ${shown(reported)} prompt tokens of about ${shown(sent)} that were sent: the server cut the prompt, most likely to its context`;
}
