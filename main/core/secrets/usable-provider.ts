import type { FeatureFlags } from '../registry/features/feature-flags.ts';
import type { KeyFinder } from './key-finder.ts';
import type { IsUsable } from '../registry/active-preset.ts';
import type { Provider } from '../registry/model/model.ts';

/** An address that every user has to replace with their own. */
function isPlaceholder({ metadata, origin, base }: Provider): boolean {
  return metadata['placeholder_base'] === true && origin === 'built-in' && base.includes('YOUR-');
}

/**
 * Whether a call to a provider could succeed as far as is known without decrypting or sending anything: it is
 * enabled, has a real address, and a key if it needs one.
 */
export function usableBy(flags: Pick<FeatureFlags, 'anyOn'>, keys: Pick<KeyFinder, 'state'>): IsUsable {
  return (provider) =>
    !provider.switchedOff &&
    flags.anyOn(provider.flags) &&
    !isPlaceholder(provider) &&
    (!provider.credentials.required || keys.state(provider).present);
}
