import type { Dropped } from '../../../contract/plan.ts';

/** Names come from callers and registry files: a header takes printable ASCII only, and no list without end. */
const plain = (text: string) => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 500);

/** Who answers, and which parameters its protocol does not carry: the body has no place for either. */
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

/** What a client reads of a provider's own headers: its limits and timings. Ids, cookies and framing are ours. */
export function passedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const name in headers) if (passed.test(name)) out[name] = plain(headers[name] as string);
  return out;
}
