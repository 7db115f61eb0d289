import type { Cost, Usage } from '../../../../contract/chat.ts';

const optionalCounts = [
  'cached_tokens',
  'reasoning_tokens',
  'cache_write_tokens',
  'cache_write_1h_tokens',
] as const;

/** The sum of two calls' tokens. */
export function addUsage(a: Usage, b: Usage): Usage {
  const sum: Usage = {
    prompt_tokens: a.prompt_tokens + b.prompt_tokens,
    completion_tokens: a.completion_tokens + b.completion_tokens,
    total_tokens: a.total_tokens + b.total_tokens,
  };
  for (const name of optionalCounts)
    if (a[name] !== undefined || b[name] !== undefined) sum[name] = (a[name] ?? 0) + (b[name] ?? 0);
  if (a.estimated || b.estimated) sum.estimated = true;
  return sum;
}

/** The sum of two calls' costs; null if one is unknown. */
export function addCost(a: Cost | null, b: Cost | null): Cost | null {
  if (!a || !b) return null;
  const sum: Cost = { ...b, total: a.total + b.total };
  if (a.estimated || b.estimated) sum.estimated = true;
  if (a.cache_saving !== undefined || b.cache_saving !== undefined)
    sum.cache_saving = (a.cache_saving ?? 0) + (b.cache_saving ?? 0);
  return sum;
}
