import type { LaunchOptions } from './panel.ts';
import type { Upstream } from './upstream.ts';

/** Launch options that enable the provider OpenAI with the upstream as its address; it needs a key. */
export function openAiAt(upstream: Upstream, more: LaunchOptions = {}): LaunchOptions {
  return {
    ...more,
    env: { COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: upstream.baseUrl, ...more.env },
    files: { 'config/comfyvn.json': { features: { enable_llm_openai_public: true } }, ...more.files },
  };
}

/** The keys that the upstream received, in order; null for a request without one. */
export function keysAt(upstream: Upstream): (string | null)[] {
  return upstream.received.map(({ headers }) => headers.authorization?.replace(/^Bearer /, '') ?? null);
}

/** A call that needs the OpenAI key. */
export const openAiCall = {
  provider: 'openai_public',
  model: 'gpt-4o',
  messages: [{ role: 'user', content: 'Ping' }],
  params: { max_tokens: 5 },
};
