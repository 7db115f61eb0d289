import { adapterNames, type AdapterName, type ProviderKind } from '../../../../contract/provider.ts';
import type { RuntimeMetadata } from '../../../../contract/runtime-adapter.ts';
import { AppError } from '../../lib/app-error.ts';
import { keyProblem } from '../../lib/key-text.ts';
import { partOf, type Notice } from '../../lib/notice.ts';
import { refusedField } from '../../lib/validation.ts';
import { asVendor, vendorAt } from '../at-vendor.ts';
import type { Registry } from '../build-registry.ts';
import { addressNotice, sentProblem } from '../check-entry.ts';
import type { Provider } from '../model/model.ts';
import { readBaseUrl, type BaseUrl } from '../../net/base-url/base-url.ts';
import { originOf } from '../../net/origin.ts';
import { atBaseUrl, writtenAddress } from '../model/at-base-url.ts';
import { outsideAt } from '../own-fields.ts';
import { flagsFor, modelFromEntry, providerFromEntry } from '../model/provider-from-entry.ts';

interface Registration {
  id: string;
  provider: string;
  label: string;
  metadata: RuntimeMetadata;
}

/** The registry provider on which a registration is based, by name or alias. */
function parentOf(registry: Registry, name: string): Provider | undefined {
  return (
    registry.providers.get(name) ?? [...registry.providers.values()].find((p) => p.aliases.includes(name))
  );
}

export function isAdapterName(name: string): name is AdapterName {
  return (adapterNames as readonly string[]).includes(name);
}

/** A provider with only a protocol, for a registration based on an adapter's name. */
function bareProvider(registration: Registration): Provider {
  const { id, provider: adapter } = registration;
  if (!isAdapterName(adapter))
    throw new AppError(
      'unknown_provider',
      `"${adapter}", the parent of the runtime adapter ${id}, is no longer in the registry`,
      { provider: adapter },
    );
  const base = registration.metadata.base_url;
  if (!base && adapter !== 'stub')
    throw new AppError(
      'invalid_request',
      'metadata.base_url: required if `provider` is an adapter and not a registry provider',
      {
        fields: [{ path: 'metadata.base_url', message: 'required' }],
      },
    );
  const entry = { name: id, adapter, base: base ?? 'stub://local' };
  return providerFromEntry({ ...entry, credentials: { required: false } }, 'runtime');
}

/**
 * The base URL for calls.
 * @throws AppError `invalid_request` with a suggestion
 */
function addressOf(written: string, adapter: AdapterName): BaseUrl {
  const read = readBaseUrl(written, adapter);
  if (!('problem' in read)) return read;
  throw refusedField('metadata.base_url', read.problem, partOf('address_problem', read.refusal));
}

function checkSent({ headers, api_key }: RuntimeMetadata): void {
  for (const [name, value] of Object.entries(headers ?? {})) {
    const sent = sentProblem(name, value);
    if (sent)
      throw new AppError('invalid_request', `metadata.headers: ${JSON.stringify(name)} ${sent.message}`, {
        fields: [{ path: 'metadata.headers', message: sent.message, message_detail: sent.part }],
      });
  }
  const problem = api_key ? keyProblem(api_key) : null;
  if (problem)
    throw refusedField('metadata.api_key', `the key ${problem.message}`, partOf('key_problem', problem));
}

/**
 * Kind, prices and flags come from the parent and cannot be weakened. A different address outside this
 * machine is cloud.
 */
function kindAt({ ownNetworks }: Registry, parent: Provider, base: string): ProviderKind {
  if (parent.kind === 'cloud' || parent.kind === 'stub' || originOf(base) === originOf(parent.base))
    return parent.kind;
  return ownNetworks.isHome(base) ? parent.kind : 'cloud';
}

/**
 * The flags that must be on: at a vendor's address the vendor's, else the parent's; never one derived from
 * the adapter's id.
 */
function flagsAt(registry: Registry, parent: Provider, inherited: boolean, base: string): string[] {
  const vendor = vendorAt(base, registry.vendors);
  if (vendor && vendor.name !== parent.factsFrom) return vendor.flags;
  return inherited && parent.flags.length ? parent.flags : flagsFor(inherited ? parent.name : parent.adapter);
}

/**
 * Converts a runtime adapter to a provider.
 * @throws AppError `invalid_request` for an address or header that cannot be used, `unknown_provider` for a
 * missing parent
 */
export function runtimeProvider(registry: Registry, registration: Registration): Provider {
  const { id, label, metadata } = registration;
  const inherited = parentOf(registry, registration.provider);
  const parent = inherited ?? bareProvider(registration);
  const own = metadata.base_url === undefined ? undefined : addressOf(metadata.base_url, parent.adapter);
  const { base, query } = own ?? parent;
  checkSent(metadata);
  const kind = inherited ? kindAt(registry, parent, base) : bareKind(registry, parent, base);
  const sameOrigin = originOf(base) === originOf(parent.base);
  const settings = { ...parent.settings, ...metadata.settings };
  const provider: Provider = {
    ...atBaseUrl({ ...parent, settings }, { base, query }),
    name: id,
    label,
    kind,
    // The parent's headers may contain its credential, so like its key they apply only at the same origin.
    headers: { ...(sameOrigin ? parent.headers : {}), ...metadata.headers },
    timeoutMs: metadata.timeout ? metadata.timeout * 1000 : parent.timeoutMs,
    models:
      metadata.models?.map((m) => modelFromEntry(typeof m === 'string' ? { id: m } : m)) ?? parent.models,
    metadata: { ...parent.metadata, ...metadata, api_key: undefined, headers: undefined },
    origin: 'runtime',
    aliases: [id],
    ...(metadata.api_key?.trim() ? { inlineKey: metadata.api_key.trim() } : {}),
    ...(inherited ? { inheritsKeyFrom: inherited } : {}),
    ...(kind === 'cloud' && parent.kind !== 'cloud' ? outsideAt(base) : {}),
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
  if (cloud || vendorAt(base, registry.vendors) || !registry.ownNetworks.isHome(base)) return 'cloud';
  return bare.adapter === 'proxy' ? 'proxy' : 'local';
}

/**
 * A registration with its address normalized, so that it is shown and stored as it is interpreted.
 * @throws AppError whatever `runtimeProvider` throws
 */
export function placedRegistration<R extends Registration>(
  registry: Registry,
  registration: R,
): { registration: R; warnings: Notice[] } {
  const { adapter, kind } = runtimeProvider(registry, registration);
  const { metadata } = registration;
  if (metadata.base_url === undefined || kind === 'stub') return { registration, warnings: [] };
  const address = addressOf(metadata.base_url, adapter);
  const base_url = writtenAddress({ adapter, ...address });
  return {
    registration: { ...registration, metadata: { ...metadata, base_url } },
    warnings: addressNotice(address, null, 'metadata.base_url'),
  };
}
