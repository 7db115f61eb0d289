import type { ChatAnswer } from '../../../../contract/chat.ts';
import type { GroupRow } from '../../database/translation-tables.ts';

export type GroupCache = Pick<GroupRow, 'input_tokens' | 'cached_tokens' | 'cache_saving'>;

/** What a reply tells of the provider's cache; all null where the provider does not report it. */
export function cacheOf({ usage, cost, mock }: Pick<ChatAnswer, 'usage' | 'cost' | 'mock'>): GroupCache {
  const written = usage?.cache_write_tokens ?? usage?.cache_write_1h_tokens;
  const cached = usage?.cached_tokens ?? (written === undefined ? undefined : 0);
  if (mock || !usage || cached === undefined)
    return { input_tokens: null, cached_tokens: null, cache_saving: null };
  const input = Math.max(usage.prompt_tokens, cached);
  return { input_tokens: input, cached_tokens: cached, cache_saving: cost?.cache_saving ?? null };
}
