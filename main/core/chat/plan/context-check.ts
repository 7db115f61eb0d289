import type { Message, Usage } from '../../../../contract/chat.ts';
import type { CodedRewritten } from '../../../../contract/plan.ts';
import type { Warning } from '../../../../contract/warnings.ts';
import { reason, reasonFields } from '../../../adapters/shared/reason.ts';
import { isObject, type JsonObject } from '../../lib/json.ts';
import { warning } from '../../lib/warning.ts';

/** Ollama's default context. It is larger only on machines with much video memory. */
const ollamaContext = 4096;
/** The largest context set automatically: it takes about 2 GB beside an 8B model. */
const freeNumCtx = 16_384;
/** Used if the model's context is unknown. */
const anyContext = 131_072;
/** Reserved for the reply if the request sets no limit. */
const usualReply = 1024;
/** A rough count may be too low by this factor. */
const margin = 1.2;
/** Below this, a provider's count proves nothing: chat templates and tokenizers differ. */
const minCounted = 1000;

const unit =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]|[A-Za-z]+|\p{N}{1,3}|[\p{L}\p{M}]+|[^\s\p{L}\p{N}\p{M}]{1,3}/gu;
/** Longer texts are extrapolated from this many characters. */
const counted = 100_000;

/**
 * Estimates a text's tokens without loading a dictionary. The estimate is on the low side, within a third of
 * what common tokenizers count for prose.
 */
export function roughTokens(text: string): number {
  const part = text.slice(0, counted);
  let tokens = 0;
  for (const [found] of part.matchAll(unit)) {
    if (/^[A-Za-z]/.test(found)) tokens += Math.ceil(found.length / 7);
    else tokens += /^[\p{L}\p{M}]{2}/u.test(found) ? Math.ceil(found.length / 4) : 1;
  }
  return Math.ceil(tokens * (text.length / Math.max(1, part.length)));
}

/** The text of a prompt; images and audio are not counted. */
function promptText(messages: readonly Message[], extras: readonly unknown[]): string {
  const texts = messages.map(({ content }) => {
    if (typeof content === 'string') return content;
    if (!Array.isArray(content)) return '';
    return content.flatMap((part) => (typeof part['text'] === 'string' ? [part['text']] : [])).join('\n');
  });
  const more = extras.map((extra) => (extra === undefined ? '' : JSON.stringify(extra)));
  return [...texts, ...more].join('\n');
}

/** A prompt, as compared with a context size. */
export interface Prompt {
  messages: readonly Message[];
  /** Schema and tools, if they are sent as text. */
  extras: readonly unknown[];
  /** Bytes of the whole request, an upper bound of the prompt's tokens. */
  bytes: number;
}

/** Rough token count of a prompt; 0 if its size in bytes shows that it has fewer than `least`. */
function tokensFrom({ messages, extras, bytes }: Prompt, least: number): number {
  return bytes < least ? 0 : roughTokens(promptText(messages, extras));
}

const shown = (tokens: number) => tokens.toLocaleString('en-US');

/** What is known about the target model. */
export interface ContextOf {
  model: string;
  /** Tokens; null if unknown. */
  context: number | null;
  /** The reply's token limit, if the request sets one. */
  maxTokens: number | undefined;
}

/** Warnings for a prompt that exceeds the model's context, alone or together with the requested reply. */
export function contextWarnings(prompt: Prompt, { model, context, maxTokens }: ContextOf): Warning[] {
  if (context === null) return [];
  const reply = maxTokens ?? 0;
  const tokens = tokensFrom(prompt, Math.max(0, context - reply));
  if (tokens > context)
    return [
      warning(
        'prompt_exceeds_context',
        { model, tokens, context },
        `the prompt has about ${shown(tokens)} tokens, ${model}'s context ${shown(context)}: it will be refused or truncated`,
      ),
    ];
  if (tokens && tokens + reply > context)
    return [
      warning(
        'reply_exceeds_context',
        { model, tokens, reply, context },
        `the prompt has about ${shown(tokens)} tokens and the reply may have ${shown(reply)}, together more than ${model}'s context of ${shown(context)}`,
      ),
    ];
  return [];
}

/** Ollama's body with the context that its prompt needs, and warnings about it. */
export interface FittedContext {
  body: JsonObject;
  rewritten: CodedRewritten[];
  warnings: Warning[];
}

/**
 * Rounds up to a step. A server reloads the model when `num_ctx` changes, so it must not change with every
 * call.
 */
function stepFor(needed: number, max: number): number {
  let step = ollamaContext * 2;
  while (step < needed) step *= 2;
  return Math.min(step, max);
}

/**
 * Sets `options.num_ctx` if a prompt to Ollama exceeds the server's default context, because Ollama would cut
 * its beginning silently. Up to 16,384 tokens this is automatic. The provider's setting `allow_num_ctx`
 * extends it to the model's whole context (`true`) or turns it off (`false`). A value in the request is kept.
 * Source: https://docs.ollama.com/context-length
 * @param body Ollama's request; not modified
 */
export function fitOllamaContext(
  body: JsonObject,
  prompt: Prompt,
  { context, maxTokens }: Omit<ContextOf, 'model'>,
  settings: Record<string, unknown>,
): FittedContext {
  const options = isObject(body['options']) ? body['options'] : {};
  const numCtx = typeof options['num_ctx'] === 'number' ? options['num_ctx'] : undefined;
  const reads = numCtx ?? ollamaContext;
  const same: FittedContext = { body, rewritten: [], warnings: [] };
  const reply = maxTokens ?? usualReply;
  const tokens = tokensFrom(prompt, Math.max(0, reads - reply) / margin);
  const needed = Math.ceil(tokens * margin) + reply;
  if (tokens === 0 || needed <= reads) return same;
  if (numCtx !== undefined)
    return tokens > numCtx ? { ...same, warnings: [cutByNumCtx(tokens, numCtx)] } : same;
  const allowed = settings['allow_num_ctx'];
  const own = context ?? anyContext;
  const max = allowed === true ? own : allowed === false ? 0 : Math.min(freeNumCtx, own);
  // A context below the server's own default would cut more of the prompt, so none is set.
  if (max > reads && tokens <= max) return withNumCtx(body, options, stepFor(needed, max), tokens);
  if (tokens <= reads) return same;
  return { ...same, warnings: [cutByDefault(tokens, reads, allowed !== true)] };
}

const mayCut = (tokens: number) =>
  `the prompt has about ${shown(tokens)} tokens and Ollama may cut its beginning silently`;

const cutByNumCtx = (tokens: number, context: number) =>
  warning('ollama_num_ctx_too_small', { tokens, context }, `${mayCut(tokens)}: num_ctx is ${shown(context)}`);

function cutByDefault(tokens: number, context: number, can_raise: boolean): Warning {
  const how = can_raise ? '; set num_ctx, or the provider’s setting allow_num_ctx to true' : '';
  const text = `${mayCut(tokens)}: it reads ${shown(context)} by default${how}`;
  return warning('ollama_context_too_small', { tokens, context, can_raise }, text);
}

function withNumCtx(body: JsonObject, options: JsonObject, numCtx: number, tokens: number): FittedContext {
  const text = `the prompt has about ${shown(tokens)} tokens, and Ollama reads ${shown(ollamaContext)} by default (provider setting allow_num_ctx)`;
  const why = reason('context_enlarged', { tokens, context: ollamaContext }, text);
  return {
    body: { ...body, options: { ...options, num_ctx: numCtx } },
    rewritten: [{ path: '/options/num_ctx', from: null, to: numCtx, ...reasonFields(why) }],
    warnings: [],
  };
}

/**
 * A warning if the provider counted far fewer prompt tokens than were sent, which means that the server cut
 * the prompt.
 * @param usage as reported by the provider; null or an estimate proves nothing
 */
export function cutPromptWarning(prompt: Prompt, usage: Usage | null): Warning | null {
  if (!usage || usage.estimated || usage.prompt_tokens <= 0) return null;
  const reported = Math.max(usage.prompt_tokens, usage.cached_tokens ?? 0);
  const sent = tokensFrom(prompt, Math.max(minCounted, reported * 2));
  if (sent < minCounted || reported * 2 > sent) return null;
  const text = `the provider counted ${shown(reported)} prompt tokens of about ${shown(sent)} that were sent: the server cut the prompt, most likely to its context`;
  return warning('prompt_cut_by_server', { reported, sent }, text);
}
