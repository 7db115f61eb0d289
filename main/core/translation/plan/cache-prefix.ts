import { hash } from 'node:crypto';
import { isCurrentAzure } from '../../../adapters/azure-openai/adapter.ts';
import type { Message } from '../../../../contract/chat.ts';
import type { ChatCall } from '../../chat/resolve/merge-options.ts';
import { hostnameOf } from '../../net/origin.ts';
import { vendorOfHost } from '../../net/vendor-hosts.ts';
import type { Model, Provider } from '../../registry/model/model.ts';
import { countText } from '../../registry/prices/count-tokens.ts';

/**
 * The fewest tokens of a prefix that Anthropic caches, by model. A shorter prefix is not cached, without an error and
 * without a bill for a write. Anthropic's own guide, https://github.com/anthropics/skills,
 * `skills/claude-api/shared/prompt-caching.md`, at commit 0da71c3b5427 (read 2026-11-30), which sums up
 * https://platform.claude.com/docs/en/build-with-claude/prompt-caching; models that have left its table (3.x) as that page
 * had them on 2025-10-15. Sonnet 4.6 has 1024 there and was seen to cache from 2048 tokens on only
 * (https://github.com/anthropics/anthropic-sdk-python/issues/1194): the higher count stands.
 */
const claudeMinimums: readonly (readonly [RegExp, number])[] = [
  [/opus-5(?!\d|[-.]\d)|(?:fable|mythos)-5(?:[-.]1)?(?!\d|[-.]\d)/, 512],
  [/sonnet-5(?!\d|[-.]\d)|opus-4[-.][18](?!\d)|sonnet-4[-.]5(?!\d)/, 1024],
  [/(?:opus|sonnet)-4(?:-\d{8})?$|3[-.][57]-sonnet|3-opus/, 1024],
  [/sonnet-4[-.]6(?!\d)|opus-4[-.]7(?!\d)|3(?:[-.]5)?-haiku/, 2048],
];
/** The highest minimum of any model: what is not known counts against us. */
const unknownMinimum = 4096;

/** OpenAI caches prompts from here on. https://developers.openai.com/api/docs/guides/prompt-caching (2026-11-30) */
const openAiMinimum = 1024;

/** Tokens that a prefix needs before Anthropic caches it; the highest known minimum for a model that is not listed. */
export function claudeMinimum(model: string): number {
  return claudeMinimums.find(([name]) => name.test(model))?.[1] ?? unknownMinimum;
}

/** GPT-5.6 and later bill what they write to their cache, and take explicit breakpoints (same guide). */
function billsWrites(model: string): boolean {
  const [, major, minor] = /^gpt-(\d+)(?:\.(\d+))?/.exec(model) ?? [];
  const version = Number(major ?? 0) * 100 + Number(minor ?? 0);
  return version >= 506;
}

/**
 * OpenAI itself, Azure in its current form, and servers whose entry says so: others may refuse a field that they do not
 * know, as Azure does in its dated versions. Azure caches from the same 1024 tokens on, takes `prompt_cache_key`, and
 * reports `prompt_tokens_details.cached_tokens`:
 * https://learn.microsoft.com/azure/foundry/openai/how-to/prompt-caching (dated 2026-08-04, read 2026-11-30).
 */
function takesCacheKey({ adapter, base, settings }: Provider): boolean {
  if (adapter === 'azure_openai') return isCurrentAzure(settings);
  if (adapter !== 'openai') return false;
  return vendorOfHost(hostnameOf(base)) === 'openai_public' || settings['prompt_cache'] === true;
}

/** The constant part of a call that its provider is asked to keep. */
export interface CachedPrefix {
  /** The same for the same part. */
  name: string;
  text: string;
  /** Writing it has a price of its own. */
  isBilled: boolean;
  /** Whoever sends it again within minutes reads it, by the provider's documentation: elsewhere a hit is likely only. */
  isSure: boolean;
}

/** Null where nothing of a call is kept, as far as is known. */
export function cachedPrefix(
  { messages: [first], packOptions }: Pick<ChatCall, 'messages' | 'packOptions'>,
  { adapter }: Pick<Provider, 'adapter'>,
): CachedPrefix | null {
  const named = (text: string) => ({ name: hash('sha256', text, 'hex'), text });
  const content = first?.content;
  if (typeof content === 'string') {
    const hasKey = packOptions?.['prompt_cache_key'] !== undefined;
    return hasKey ? { ...named(content), isBilled: false, isSure: false } : null;
  }
  const marked = content?.find((part) => 'cache_control' in part || 'prompt_cache_breakpoint' in part);
  if (typeof marked?.['text'] !== 'string') return null;
  return { ...named(marked['text']), isBilled: true, isSure: adapter === 'anthropic' };
}

function markFirst(messages: readonly Message[], text: string, mark: Record<string, unknown>): Message[] {
  const [first, ...rest] = messages;
  return first ? [{ ...first, content: [{ type: 'text', text, ...mark }] }, ...rest] : [];
}

/**
 * A call whose constant first message the provider keeps between groups. Anthropic's models, there or at OpenRouter, get a
 * mark where the message is long enough to be cached. OpenAI and Azure get `prompt_cache_key`, the same for the same message;
 * OpenAI's models that bill cache writes get the explicit mode, so that lines sent once are not written to the cache. All others, Gemini with
 * its implicit cache among them, get the call as it is. A preset's options win over those set here.
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
  // Azure documents the key alone.
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
