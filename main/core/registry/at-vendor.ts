import { hostnameOf, originOf } from '../net/origin.ts';
import { vendorOfHost } from '../net/vendor-hosts.ts';
import type { Provider } from './model/model.ts';

/**
 * The built-in cloud provider whose vendor serves this address (including regional and resource hosts), if
 * any.
 */
export function vendorAt(base: string, vendors: readonly Provider[]): Provider | undefined {
  const origin = originOf(base);
  if (origin === null) return undefined;
  const name = vendorOfHost(hostnameOf(base));
  return (
    vendors.find((vendor) => originOf(vendor.base) === origin) ??
    vendors.find((vendor) => vendor.name === name)
  );
}

/**
 * A provider at a vendor's address gets that vendor's prices, lifecycle records and flags, because a
 * different name or kind does not make it free. The vendor's key variables apply only to the vendor's own
 * origin, because anyone can have a resource below its domain.
 */
export function asVendor(provider: Provider, vendors: readonly Provider[]): Provider {
  const vendor = vendorAt(provider.base, vendors);
  if (!vendor || (provider.origin === 'built-in' && provider.kind === 'cloud')) return provider;
  const isSame = originOf(provider.base) === originOf(vendor.base);
  const own = provider.credentials.env;
  const env = own.length || !isSame ? own : vendor.credentials.env;
  const flags = [...new Set([...provider.flags, ...vendor.flags])];
  return {
    ...provider,
    factsFrom: vendor.name,
    kind: 'cloud',
    flags,
    credentials: { ...provider.credentials, env },
  };
}
