/** What a URL says about a server. */
export interface Endpoint {
  /** Without the path that the protocol appends. */
  baseUrl: string;
  /** An adapter's name, or null if the URL does not show it. */
  adapter: 'openai_compat' | 'anthropic_compat' | 'ollama' | 'gemini' | 'azure_openai' | null;
  /** A credential that was part of the URL. */
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

/**
 * The base URL of a call's URL, its adapter, and a credential that must not stay in the URL. Null if it is
 * not such a URL.
 */
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
  // Other query parameters that a server needs (`api-version`) stay; `alt=sse` belongs to one call.
  url.searchParams.delete('alt');
  return { baseUrl: url.origin + path + url.search, adapter, key: key || null };
}
