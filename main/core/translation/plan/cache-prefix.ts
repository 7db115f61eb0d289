import { hash } from 'node:crypto';
import { isCurrentAzure } from '../../../adapters/azure-openai/adapter.ts';
import type { Message } from '../../../../contract/chat.ts';
import type { ChatCall } from '../../chat/resolve/merge-options.ts';
import { hostnameOf } from '../../net/origin.ts';
import { vendorOfHost } from '../../net/vendor-hosts.ts';
import type { Model, Provider } from '../../registry/model/model.ts';
import { countText } from '../../registry/prices/count-tokens.ts';

/**
 * The shortest prefix, in tokens, that Anthropic caches, by model. A shorter prefix is not cached; there is no error and no
 * charge for a write. Source: https://github.com/anthropics/skills, `skills/claude-api/shared/prompt-caching.md` at commit
 * 0da71c3b5427 (read 2026-11-30), a summary of
 * https://platform.claude.com/docs/en/build-with-claude/prompt-caching. Older models (3.x) are as that page had them on
 * 2025-10-15. For Sonnet 4.6 the page says 1024, but caching starts at 2048
 * (https://github.com/anthropics/anthropic-sdk-python/issues/1194), so the higher count is used.
 */
const claudeMinimums: readonly (readonly [RegExp, number])[] = [
  [/opus-5(?!\d|[-.]\d)|(?:fable|mythos)-5(?:[-.]1)?(?!\d|[-.]\d)/, 512],
  [/sonnet-5(?!\d|[-.]\d)|opus-4[-.][18](?!\d)|sonnet-4[-.]5(?!\d)/, 1024],
  [/(?:opus|sonnet)-4(?:-\d{8})?$|3[-.][57]-sonnet|3-opus/, 1024],
  [/sonnet-4[-.]6(?!\d)|opus-4[-.]7(?!\d)|3(?:[-.]5)?-haiku/, 2048],
];
/** For unknown models: the highest minimum of any model. */
const unknownMinimum = 4096;

/** Tokens from which OpenAI caches prompts. https://developers.openai.com/api/docs/guides/prompt-caching (2026-11-30) */
const openAiMinimum = 1024;

/** Tokens that a prefix needs before Anthropic caches it; the highest known minimum for a model that is not listed. */
export function claudeMinimum(model: string): number {
  return claudeMinimums.find(([name]) => name.test(model))?.[1] ?? unknownMinimum;
}

/** GPT-5.6 and later charge for cache writes, and accept explicit breakpoints (same guide). */
function billsWrites(model: string): boolean {
  const [, major, minor] = /^gpt-(\d+)(?:\.(\d+))?/.exec(model) ?? [];
  const version = Number(major ?? 0) * 100 + Number(minor ?? 0);
  return version >= 506;
}

/**
 * True for OpenAI itself, Azure's current API version, and servers whose settings allow it. Other servers may reject
 * unknown fields, as Azure does in its dated versions. Azure also caches from 1024 tokens on, accepts `prompt_cache_key`
 * and reports `prompt_tokens_details.cached_tokens`:
 * https://learn.microsoft.com/azure/foundry/openai/how-to/prompt-caching (dated 2026-08-04, read 2026-11-30).
 */
function takesCacheKey({ adapter, base, settings }: Provider): boolean {
  if (adapter === 'azure_openai') return isCurrentAzure(settings);
  if (adapter !== 'openai') return false;
  return vendorOfHost(hostnameOf(base)) === 'openai_public' || settings['prompt_cache'] === true;
}

/** The constant part of a call that its provider is asked to cache. */
export interface CachedPrefix {
  /** A hash of the text. */
  name: string;
  text: string;
  /** The provider charges for cache writes. */
  isBilled: boolean;
  /** The provider guarantees a cache hit if the prefix is sent again within minutes; elsewhere a hit is only likely. */
  isGuaranteed: boolean;
}

/** The part of a call that is marked for the provider's cache; null if there is none. */
export function cachedPrefix(
  { messages: [first], packOptions }: Pick<ChatCall, 'messages' | 'packOptions'>,
  { adapter }: Pick<Provider, 'adapter'>,
): CachedPrefix | null {
  const prefixOf = (text: string) => ({ name: hash('sha256', text, 'hex'), text });
  const content = first?.content;
  if (typeof content === 'string') {
    const hasKey = packOptions?.['prompt_cache_key'] !== undefined;
    return hasKey ? { ...prefixOf(content), isBilled: false, isGuaranteed: false } : null;
  }
  const marked = content?.find((part) => 'cache_control' in part || 'prompt_cache_breakpoint' in part);
  if (typeof marked?.['text'] !== 'string') return null;
  return { ...prefixOf(marked['text']), isBilled: true, isGuaranteed: adapter === 'anthropic' };
}

function markFirst(messages: readonly Message[], text: string, mark: Record<string, unknown>): Message[] {
  const [first, ...rest] = messages;
  return first ? [{ ...first, content: [{ type: 'text', text, ...mark }] }, ...rest] : [];
}

/**
 * Marks a call's constant first message for the provider's cache.
 * - Anthropic's models, also at OpenRouter: a mark if the message is long enough.
 * - OpenAI and Azure: `prompt_cache_key`, which is the same for the same message.
 * - OpenAI's models that charge for cache writes: also the explicit mode, so that changing lines are not written.
 * - Others, for example Gemini with its implicit cache: no change.
 *
 * A preset's options take precedence over these.
 */
export async function withCachedPrefix(
  call: ChatCall,
  provider: Provider,
  { wireId }: Pick<Model, 'wireId'>,
): Promise<ChatCall> {
  const [first] = call.messages;
  if (first?.role !== 'system' || typeof first.content !== 'string') return call;
  const text = first.content;
  const { adapter } = provider;
  if (adapter === 'anthropic' || (adapter === 'openrouter' && wireId.startsWith('anthropic/'))) {
    if ((await countText(text)) < claudeMinimum(wireId)) return call;
    return { ...call, messages: markFirst(call.messages, text, { cache_control: { type: 'ephemeral' } }) };
  }
  if (!takesCacheKey(provider)) return call;
  // Azure documents only the key.
  const explicit = adapter === 'openai' && billsWrites(wireId);
  const isLong = (await countText(text)) >= openAiMinimum;
  const key = isLong ? { prompt_cache_key: `comfyvn-${hash('sha256', text, 'hex').slice(0, 32)}` } : {};
  const mode = explicit ? { prompt_cache_options: { mode: 'explicit' } } : {};
  const mark = { prompt_cache_breakpoint: { mode: 'explicit' } };
  return {
    ...call,
    messages: isLong && explicit ? markFirst(call.messages, text, mark) : call.messages,
    packOptions: { ...key, ...mode, ...call.packOptions },
  };
}
