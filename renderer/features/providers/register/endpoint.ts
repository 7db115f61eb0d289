/** What an address says about the server behind it. */
export interface Endpoint {
  /** Without the path that the protocol appends. */
  baseUrl: string;
  /** An adapter's name, or null where nothing shows it. */
  adapter: 'openai_compat' | 'anthropic_compat' | 'ollama' | 'gemini' | 'azure_openai' | null;
  /** A credential that stood in the URL. */
  key: string | null;
}

const endings: readonly [RegExp, Endpoint['adapter']][] = [
  [/\/openai\/deployments\/.*$/, 'azure_openai'],
  [/\/models\/[^/]+:\w+$/, 'gemini'],
  [/\/(chat\/completions|completions|responses|embeddings|models)\/?$/, 'openai_compat'],
  [/\/messages\/?$/, 'anthropic_compat'],
  [/\/api\/(chat|generate|tags|show|embed)\/?$/, 'ollama'],
];

const credentialNames = ['key', 'api_key'];

/** The base URL in the address of one call, the adapter for it, and a credential that has to leave it. Null for no such URL. */
export function readEndpoint(text: string): Endpoint | null {
  const trimmed = text.trim();
  const full = /^[\w.-]+:\d+(\/|$)|^localhost(\/|$)/.test(trimmed) ? `http://${trimmed}` : trimmed;
  if (!URL.canParse(full)) return null;
  const url = new URL(full);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  const key = url.password || url.username || url.searchParams.get('key') || url.searchParams.get('api_key');
  const [ending, named] = endings.find(([pattern]) => pattern.test(url.pathname)) ?? [/\/+$/, null];
  const path = url.pathname.replace(ending, '').replace(/\/+$/, '');
  const adapter = named ?? (url.port === '11434' ? 'ollama' : null);
  for (const name of credentialNames) url.searchParams.delete(name);
  // What else a server wants in its query (`api-version`) stays; `alt=sse` belongs to one call.
  url.searchParams.delete('alt');
  return { baseUrl: url.origin + path + url.search, adapter, key: key || null };
}
