import type { Provider } from './model/model.ts';
import { originOf } from '../net/origin.ts';

/** The built-in cloud provider at whose own address this one is, if any. */
export function vendorAt(base: string, vendors: readonly Provider[]): Provider | undefined {
  const origin = originOf(base);
  return origin === null ? undefined : vendors.find((vendor) => originOf(vendor.base) === origin);
}

/**
 * A provider at a vendor's address is that vendor under another name: the same prices, lifecycle and key variables
 * hold, and calling it local would not make it free.
 */
export function asVendor(provider: Provider, vendors: readonly Provider[]): Provider {
  const vendor = vendorAt(provider.base, vendors);
  if (!vendor || (provider.origin === 'built-in' && provider.kind === 'cloud')) return provider;
  const env = provider.credentials.env.length ? provider.credentials.env : vendor.credentials.env;
  const flags = [...new Set([...provider.flags, ...vendor.flags])];
  return {
    ...provider,
    factsFrom: vendor.name,
    kind: 'cloud',
    flags,
    credentials: { ...provider.credentials, env },
  };
}
