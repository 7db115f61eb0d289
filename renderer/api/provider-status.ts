import type { Diagnostics, ProviderView } from '../../contract/provider.ts';
import type { RuntimeAdapter } from '../../contract/runtime-adapter.ts';

/**
 * What a provider needs before a live call. `error` is a check that failed for another reason, such as an answer
 * with an HTTP error: something is there, unlike at an `unreachable` address.
 */
export type ProviderStatus = 'ready' | 'needs_key' | 'key_refused' | 'error' | 'unreachable' | 'off';

/** Whether calls of an adapter of this session have a key: its own, or its provider's. */
export function adapterHasKey(
  { provider, metadata }: Pick<RuntimeAdapter, 'provider' | 'metadata'>,
  providers: readonly ProviderView[],
): boolean {
  const parent = providers.find(({ name }) => name === provider);
  return metadata.api_key !== undefined || parent?.credentials.present === true;
}

/** Whether a live call would be refused because a key is missing. */
export function lacksKey({ credentials }: Pick<ProviderView, 'credentials'>): boolean {
  return credentials.required && !credentials.present;
}

/**
 * What a failed check shows. A server that refuses a call without a key needs one, even if its entry says that
 * its key is optional.
 */
function failedCheck(
  { credentials }: Pick<ProviderView, 'credentials'>,
  { status }: Diagnostics,
): ProviderStatus | null {
  if (status === 'unauthorized') return credentials.present ? 'key_refused' : 'needs_key';
  return status === 'unreachable' || status === 'error' ? status : null;
}

/** A provider's status. "Off" comes before "needs key", so that only one thing is asked for at a time. */
export function providerStatusOf(provider: ProviderView, health?: Diagnostics): ProviderStatus {
  if (!provider.enabled) return 'off';
  if (lacksKey(provider)) return 'needs_key';
  return (health && failedCheck(provider, health)) ?? 'ready';
}

/** The flag that enables only this provider, if there is one. */
export function narrowestFlag(provider: Pick<ProviderView, 'flags'>): string | null {
  return provider.flags.find((flag) => flag.includes('enable_llm_')) ?? provider.flags[0] ?? null;
}

/** The first variable for a provider's key. */
export function keyVariable(providerName: string): string {
  return `COMFYVN_LLM_${providerName.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}_API_KEY`;
}
