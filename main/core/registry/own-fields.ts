import type { OwnNetworks } from '../net/own-networks.ts';
import { hostnameOf, isPrivate, originOf } from '../net/origin.ts';
import type { Provider } from './model/model.ts';
import { flagsFor } from './model/provider-from-entry.ts';

/**
 * A host outside this machine counts as cloud, whatever its file says, unless the user marked it as their own
 * network. Data that leaves the machine needs consent once: a flag or that mark.
 */
export function asPlaced(provider: Provider, own: OwnNetworks): Provider {
  if (provider.kind !== 'local' && provider.kind !== 'proxy') return provider;
  if (own.isHome(provider.base)) return provider;
  return { ...provider, kind: 'cloud', flags: flagsFor(provider.name), ...outsideAt(provider.base) };
}

/**
 * True for addresses that look like the user's own network: a private range, or a name that no public host
 * can have.
 */
function mayBePrivate(hostname: string): boolean {
  return isPrivate(hostname) || /^[^.:[\]]+$|\.(internal|home|localdomain|fritz\.box)$/i.test(hostname);
}

/** The origin to mark, if an address counts as cloud but may be in the user's own network. */
export function outsideAt(base: string): Pick<Provider, 'outside'> {
  const origin = mayBePrivate(hostnameOf(base)) ? originOf(base) : null;
  return origin === null ? {} : { outside: origin };
}

/** An address that may be in the user's own network, and the providers there. */
export interface PossibleNetwork {
  origin: string;
  providers: string[];
}

/**
 * Possibly private origins whose providers would be local if marked, so the user is asked about them.
 * @param before the providers as their files have them, before `asPlaced`
 */
export function possibleNetworks(before: readonly Provider[], own: OwnNetworks): PossibleNetwork[] {
  const byOrigin = new Map<string, string[]>();
  for (const { name, kind, base } of before) {
    const origin = originOf(base);
    if (origin === null || (kind !== 'local' && kind !== 'proxy')) continue;
    if (own.isHome(base) || !mayBePrivate(hostnameOf(base))) continue;
    byOrigin.set(origin, [...(byOrigin.get(origin) ?? []), name]);
  }
  return [...byOrigin].map(([origin, providers]) => ({ origin, providers }));
}
