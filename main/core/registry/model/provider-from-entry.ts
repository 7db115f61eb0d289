import {
  providerKind,
  type AdapterName,
  type ModelEntry,
  type ProviderEntry,
  type ProviderKind,
} from '../../../../contract/provider.ts';
import { readBaseUrl } from '../../net/base-url/base-url.ts';
import { atBaseUrl } from './at-base-url.ts';
import type { Model, Provider } from './model.ts';
import { hostnameOf, isLoopback, isPrivate } from '../../net/origin.ts';

const secondsToMs = 1000;
/** Seconds. A local server may have to load the model first, so its first byte can take minutes. */
const defaultTimeout = { local: 300, cloud: 30, proxy: 300, stub: 30 } as const;

function kindOfAdapter(adapter: AdapterName, base: string): ProviderKind {
  if (adapter === 'stub') return 'stub';
  if (adapter === 'proxy') return 'proxy';
  if (adapter === 'lmstudio' || adapter === 'ollama') return 'local';
  if (adapter !== 'openai_compat' && adapter !== 'anthropic_compat') return 'cloud';
  const host = hostnameOf(base);
  return isLoopback(host) || isPrivate(host) ? 'local' : 'cloud';
}

/**
 * The kind from the entry's own field, else from ComfyVN's field for it, else from the adapter and address.
 */
export function kindOf(entry: Pick<ProviderEntry, 'kind' | 'metadata' | 'adapter' | 'base'>): ProviderKind {
  const kind = providerKind.safeParse(entry.kind ?? entry.metadata?.['kind']);
  return kind.success ? kind.data : kindOfAdapter(entry.adapter, entry.base);
}

/**
 * The flags that enable a cloud connector: the one for all connectors, its own, and its own by the short
 * name.
 */
export function flagsFor(name: string): string[] {
  const short = name.replace(/_(public|api|hub)$/, '').replace(/^google_/, '');
  return [...new Set(['enable_public_llm', `enable_llm_${name}`, `enable_llm_${short}`])];
}

export function modelFromEntry(entry: ModelEntry): Model {
  const price = entry.pricing;
  return {
    id: entry.id,
    wireId: entry.wire_id ?? entry.id,
    label: entry.label ?? entry.id,
    description: entry.description ?? '',
    tags: entry.tags?.length ? entry.tags : ['chat'],
    options: entry.options ?? {},
    context: entry.context ?? null,
    maxOutput: entry.max_output ?? null,
    structuredOutput: entry.structured_output,
    rules: entry.rules ?? [],
    listedPrice:
      price?.input !== undefined && price.output !== undefined
        ? { input: price.input, output: price.output, source: price.source, as_of: price.as_of }
        : null,
  };
}

/** Converts an entry of any registry file to a provider; the environment is applied afterwards. */
export function providerFromEntry(entry: ProviderEntry, origin: Provider['origin']): Provider {
  const read = readBaseUrl(entry.base, entry.adapter);
  // A placeholder is kept as written; an unreadable address was already rejected at its source.
  const asWritten = origin === 'built-in' || 'problem' in read;
  const address = asWritten ? { base: entry.base.trim().replace(/\/+$/, ''), query: {} } : read;
  const kind = kindOf({ ...entry, base: address.base });
  const aliases = entry.metadata?.['aliases'];
  const provider: Omit<Provider, 'base' | 'query'> = {
    name: entry.name,
    label: entry.label ?? entry.name,
    adapter: entry.adapter,
    statedTimeout: entry.timeout !== undefined,
    timeoutMs: (entry.timeout ?? defaultTimeout[kind]) * secondsToMs,
    kind,
    flags: kind === 'cloud' ? flagsFor(entry.name) : [],
    switchedOff: entry.enabled === false,
    credentials: {
      required: entry.credentials?.required ?? kind === 'cloud',
      env: entry.credentials?.env ?? [],
    },
    headers: entry.headers ?? {},
    tags: entry.tags ?? [],
    models: (entry.models ?? []).map(modelFromEntry),
    settings: entry.settings ?? {},
    metadata: entry.metadata ?? {},
    origin,
    factsFrom: entry.name,
    aliases: [entry.name, ...(Array.isArray(aliases) ? aliases.filter((a) => typeof a === 'string') : [])],
  };
  return atBaseUrl(provider, address);
}
