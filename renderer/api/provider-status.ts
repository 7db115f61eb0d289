import type { Diagnostics, ProviderView } from '../../contract/provider.ts';

/** What a provider needs before a live call. */
export type ProviderStatus = 'ready' | 'needs_key' | 'unreachable' | 'off';

const unreachableStatus = new Set<Diagnostics['status']>(['unreachable', 'unauthorized', 'error']);

/** Whether a live call would be refused because a key is missing. */
export function lacksKey({ credentials }: Pick<ProviderView, 'credentials'>): boolean {
  return credentials.required && !credentials.present;
}

/** A provider's status. "Off" comes before "needs key", so that only one thing is asked for at a time. */
export function providerStatusOf(provider: ProviderView, health?: Diagnostics): ProviderStatus {
  if (!provider.enabled) return 'off';
  if (lacksKey(provider)) return 'needs_key';
  return health && unreachableStatus.has(health.status) ? 'unreachable' : 'ready';
}

/** The flag that enables only this provider, if there is one. */
export function narrowestFlag(provider: Pick<ProviderView, 'flags'>): string | null {
  return provider.flags.find((flag) => flag.includes('enable_llm_')) ?? provider.flags[0] ?? null;
}

/** The first variable for a provider's key. */
export function keyVariable(providerName: string): string {
  return `COMFYVN_LLM_${providerName.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}_API_KEY`;
}
