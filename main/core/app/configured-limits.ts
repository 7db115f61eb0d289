import type { ProviderLimits } from '../../../contract/settings.ts';
import type { SettingsStore } from '../lib/host/ports.ts';

/** A look at the settings' file takes 10 µs, which a call to one's own machine need not pay. */
const rereadMs = 500;

/** What the user has set for a provider, at most half a second old. */
export function configuredLimits(settings: SettingsStore): (provider: string) => ProviderLimits | undefined {
  let readAt = -Infinity;
  let limits: Record<string, ProviderLimits> = {};
  return (provider) => {
    const now = performance.now();
    if (now - readAt > rereadMs) {
      readAt = now;
      limits = settings.get().provider_limits;
    }
    return Object.hasOwn(limits, provider) ? limits[provider] : undefined;
  };
}
