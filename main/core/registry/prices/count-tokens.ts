import type { Message } from '../../../../contract/chat.ts';
import type { Estimate } from '../../../../contract/plan.ts';
import type { JsonSchema } from '../../../../contract/module-preset.ts';
import { isObject } from '../../lib/json.ts';

type Tokenizer = typeof import('gpt-tokenizer/encoding/o200k_base');

// 2 MB of merge ranks: loaded when the first line is counted.
let loading: Promise<Tokenizer> | undefined;
const load = () => (loading ??= import('gpt-tokenizer/encoding/o200k_base'));

/** OpenAI's chat format spends 3 tokens on each message and 3 on the reply's start (openai-cookbook). */
const perMessage = 3;
const perReply = 3;
/** A picture of middling size; the true figure depends on model and detail. */
const perImage = 800;
/** Above this length a text is counted by a sample, since the exact count would hold up the server. */
const exactLimit = 100_000;
/** The tokenizer needs time by the square of a run without a break: a text with a longer one is counted in pieces. */
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
  /** They sum up to `tokens`. */
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
 * Tokens of a prompt by OpenAI's o200k encoding; an estimate for every other vendor's models, and marked as one.
 * @param exact true where the model is known to use that encoding
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

/** Tokens of a reply, where the provider reported none. */
export async function countText(text: string): Promise<number> {
  return countSampled(await load(), text);
}
