import type { Message } from '../../../../contract/chat.ts';
import type { Estimate } from '../../../../contract/plan.ts';
import type { JsonSchema } from '../../../../contract/module-preset.ts';
import { isObject } from '../../lib/json.ts';

type Tokenizer = typeof import('gpt-tokenizer/encoding/o200k_base');

// 2 MB of merge ranks, loaded on first use.
let loading: Promise<Tokenizer> | undefined;
const load = () => (loading ??= import('gpt-tokenizer/encoding/o200k_base'));

/** OpenAI's chat format uses 3 tokens per message and 3 for the start of the reply (openai-cookbook). */
const perMessage = 3;
const perReply = 3;
/** For an image of medium size; the real number depends on model and detail. */
const perImage = 800;
/** Longer texts are counted by a sample, because an exact count would block the server. */
const exactLimit = 100_000;
/** The tokenizer takes quadratic time for a run without a break, so longer runs are counted in pieces. */
const maxRun = 200;
const endlessRun = /[\p{L}\p{M}]{200}|[^\s\p{L}\p{N}]{200}|\s{200}/u;

function texts(message: Message): { text: string[]; images: number } {
  const { content } = message;
  const calls = message['tool_calls'] === undefined ? [] : [JSON.stringify(message['tool_calls'])];
  if (typeof content === 'string') return { text: [content, ...calls], images: 0 };
  if (!Array.isArray(content)) return { text: calls, images: 0 };
  const text = content.flatMap((part) => (typeof part['text'] === 'string' ? [part['text']] : []));
  return { text: [...text, ...calls], images: content.filter((part) => /image/.test(part.type)).length };
}

export interface TokenCount {
  tokens: number;
  countedBy: string;
  /** Their sum is `tokens`. */
  sections: Estimate['sections'];
}

function countBounded({ countTokens }: Tokenizer, text: string): number {
  if (!endlessRun.test(text)) return countTokens(text);
  let tokens = 0;
  for (let at = 0; at < text.length; at += maxRun) tokens += countTokens(text.slice(at, at + maxRun));
  return tokens;
}

function countSampled(tokenizer: Tokenizer, text: string): number {
  if (text.length <= exactLimit) return countBounded(tokenizer, text);
  return Math.ceil((countBounded(tokenizer, text.slice(0, exactLimit)) * text.length) / exactLimit);
}

/**
 * Counts a prompt's tokens with OpenAI's o200k encoding. For other vendors' models the result is an estimate,
 * and marked as one.
 * @param exact true if the model is known to use that encoding
 */
export async function countPromptTokens(
  messages: readonly Message[],
  extras: { schema?: JsonSchema | undefined; tools?: unknown },
  exact: boolean,
): Promise<TokenCount> {
  const tokenizer = await load();
  const count = (text: string) => countSampled(tokenizer, text);
  const sections: Estimate['sections'] = messages.map((message) => {
    const { text, images } = texts(message);
    const tokens = images * perImage + text.reduce((sum, t) => sum + count(t), 0);
    return { part: 'message', role: message.role, tokens };
  });
  for (const part of ['schema', 'tools'] as const) {
    const extra = extras[part];
    if (isObject(extra) || Array.isArray(extra))
      sections.push({ part, tokens: count(JSON.stringify(extra)) });
  }
  sections.push({ part: 'format', tokens: perReply + perMessage * messages.length });
  const tokens = sections.reduce((sum, section) => sum + section.tokens, 0);
  return {
    tokens,
    countedBy: exact ? 'gpt-tokenizer o200k' : 'gpt-tokenizer o200k, an estimate for this model',
    sections,
  };
}

/** Counts a reply's tokens, for providers that report none. */
export async function countText(text: string): Promise<number> {
  return countSampled(await load(), text);
}
