import type { RunView } from '../../../../contract/translation.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { formatCount, formatUsd } from '../../../ui/format.ts';

/** The share of a run's prompts that came from the provider's cache, and what that saved; null where nobody tells. */
export function cacheText({ cache }: Pick<RunView, 'cache'>): { short: string; help: string } | null {
  if (!cache || cache.input_tokens === 0) return null;
  const { input_tokens: input, cached_tokens: cached, saved_usd: saved } = cache;
  const percent = String(Math.floor((100 * cached) / input));
  const help = t.run.cacheHelp(formatCount(cached), formatCount(input));
  if (saved === null || saved === 0) return { short: t.run.cached(percent), help };
  const amount = formatUsd(Math.abs(saved));
  return { short: saved > 0 ? t.run.cacheSaved(percent, amount) : t.run.cacheCost(percent, amount), help };
}
