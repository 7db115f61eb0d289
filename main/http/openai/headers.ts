import type { Dropped } from '../../../contract/plan.ts';

/** Names come from callers and registry files, but a header needs printable ASCII and a limited length. */
const plain = (text: string) => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 500);

/** Headers with the model that answered and the dropped parameters; the body has no fields for either. */
export function answeredBy(
  provider: string,
  model: string,
  dropped: readonly Dropped[],
): Record<string, string> {
  const headers: Record<string, string> = {
    'x-comfyvn-provider': plain(provider),
    'x-comfyvn-model': plain(model),
  };
  if (dropped.length)
    headers['x-comfyvn-dropped'] = plain([...new Set(dropped.map(({ param }) => param))].join(', '));
  return headers;
}

const passed = /^(openai-|x-ratelimit-)/;

/** The provider headers that clients read: rate limits and timings. Ids, cookies and framing are ours. */
export function passedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const name in headers) if (passed.test(name)) out[name] = plain(headers[name] as string);
  return out;
}
