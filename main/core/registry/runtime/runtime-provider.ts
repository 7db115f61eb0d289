import { adapterNames, type AdapterName, type ProviderKind } from '../../../../contract/provider.ts';
import type { RuntimeMetadata } from '../../../../contract/runtime-adapter.ts';
import { AppError } from '../../lib/app-error.ts';
import { headerProblem } from '../../lib/headers.ts';
import { asVendor, vendorAt } from '../at-vendor.ts';
import type { Registry } from '../build-registry.ts';
import type { Provider } from '../model/model.ts';
import { hasCredential, hostnameOf, isLoopback, originOf } from '../../net/origin.ts';
import { flagsFor, modelFromEntry, providerFromEntry } from '../model/provider-from-entry.ts';

interface Registration {
  id: string;
  provider: string;
  label: string;
  metadata: RuntimeMetadata;
}

/** The registry provider a registration builds on, by name or alias. */
function parentOf(registry: Registry, name: string): Provider | undefined {
  return (
    registry.providers.get(name) ?? [...registry.providers.values()].find((p) => p.aliases.includes(name))
  );
}

export function isAdapterName(name: string): name is AdapterName {
  return (adapterNames as readonly string[]).includes(name);
}

/** A bare wire, when an adapter's name and not a provider's was given. */
function bareProvider(registration: Registration): Provider {
  const { id, provider: adapter } = registration;
  if (!isAdapterName(adapter))
    throw new AppError(
      'unknown_provider',
      `"${adapter}", which the runtime adapter ${id} builds on, is not in the registry any more`,
      { provider: adapter },
    );
  const base = registration.metadata.base_url;
  if (!base && adapter !== 'stub')
    throw new AppError(
      'invalid_request',
      'metadata.base_url: needed when `provider` is an adapter and not a registry provider',
      {
        fields: [{ path: 'metadata.base_url', message: 'required' }],
      },
    );
  const entry = { name: id, adapter, base: base ?? 'stub://local' };
  return providerFromEntry({ ...entry, credentials: { required: false } }, 'runtime');
}

function checkAddress(base: string): void {
  const url = originOf(base) ? new URL(base) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new AppError('invalid_request', 'metadata.base_url: an http or https URL is needed', {
      fields: [{ path: 'metadata.base_url', message: 'not an http or https URL' }],
    });
  if (hasCredential(base))
    throw new AppError(
      'invalid_request',
      'metadata.base_url: put the credential in metadata.api_key, not in the URL',
    );
}

function checkSent({ headers, api_key }: RuntimeMetadata): void {
  for (const [name, value] of Object.entries(headers ?? {})) {
    const problem = headerProblem(name, value);
    if (problem)
      throw new AppError('invalid_request', `metadata.headers: ${JSON.stringify(name)} ${problem}`);
  }
  if (headerProblem('authorization', api_key ?? ''))
    throw new AppError('invalid_request', 'metadata.api_key: not a key that can be sent in a header');
}

/** Kind, prices and flags come from the parent and cannot be lowered; an address of its own off this machine is cloud. */
function kindAt(parent: Provider, base: string): ProviderKind {
  if (parent.kind === 'cloud' || parent.kind === 'stub' || originOf(base) === originOf(parent.base))
    return parent.kind;
  return isLoopback(hostnameOf(base)) ? parent.kind : 'cloud';
}

/** What must be on for it: the vendor's own flag at a vendor's address, else its parent's; never one of the id's making. */
function flagsAt(registry: Registry, parent: Provider, inherited: boolean, base: string): string[] {
  const vendor = vendorAt(base, registry.vendors);
  if (vendor && vendor.name !== parent.factsFrom) return vendor.flags;
  return inherited && parent.flags.length ? parent.flags : flagsFor(inherited ? parent.name : parent.adapter);
}

/**
 * A runtime adapter as a provider.
 * @throws AppError `invalid_request` for an address or header that cannot be used, `unknown_provider` for a parent that
 * is gone
 */
export function runtimeProvider(registry: Registry, registration: Registration): Provider {
  const { id, label, metadata } = registration;
  const inherited = parentOf(registry, registration.provider);
  const parent = inherited ?? bareProvider(registration);
  const base = (metadata.base_url ?? parent.base).replace(/\/+$/, '');
  if (parent.kind !== 'stub') checkAddress(base);
  checkSent(metadata);
  const kind = inherited ? kindAt(parent, base) : bareKind(registry, parent, base);
  const sameOrigin = originOf(base) === originOf(parent.base);
  const provider: Provider = {
    ...parent,
    name: id,
    label,
    base,
    kind,
    // Headers of the parent may carry its credential: they stay with its origin, as its key does.
    headers: { ...(sameOrigin ? parent.headers : {}), ...metadata.headers },
    timeoutMs: metadata.timeout ? metadata.timeout * 1000 : parent.timeoutMs,
    models:
      metadata.models?.map((m) => modelFromEntry(typeof m === 'string' ? { id: m } : m)) ?? parent.models,
    settings: { ...parent.settings, ...metadata.settings },
    metadata: { ...parent.metadata, ...metadata, api_key: undefined, headers: undefined },
    origin: 'runtime',
    aliases: [id],
    ...(metadata.api_key ? { inlineKey: metadata.api_key } : {}),
    ...(inherited ? { inheritsKeyFrom: inherited } : {}),
  };
  if (kind !== 'cloud') return { ...provider, flags: [] };
  return {
    ...asVendor(provider, registry.vendors),
    flags: flagsAt(registry, parent, inherited !== undefined, base),
  };
}

function bareKind(registry: Registry, bare: Provider, base: string): ProviderKind {
  if (bare.kind === 'stub') return 'stub';
  const cloud = [...registry.providers.values()].some(
    (p) => p.kind === 'cloud' && originOf(p.base) === originOf(base),
  );
  if (cloud || !isLoopback(hostnameOf(base))) return 'cloud';
  return bare.adapter === 'proxy' ? 'proxy' : 'local';
}
