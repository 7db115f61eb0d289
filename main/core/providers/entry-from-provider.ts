import type { ModelEntry, ProviderEntry } from '../../../contract/provider.ts';
import { envVariables } from '../registry/environment.ts';
import { writtenAddress } from '../registry/model/at-base-url.ts';
import type { Model, Provider } from '../registry/model/model.ts';
import { withoutFacts } from '../registry/overlay/apply-overlay.ts';
import { originOf } from '../net/origin.ts';

function modelEntry(model: Model): ModelEntry {
  const {
    id,
    wireId,
    label,
    description,
    tags,
    options,
    context,
    maxOutput,
    structuredOutput,
    rules,
    listedPrice,
  } = model;
  return {
    id,
    ...(wireId === id ? {} : { wire_id: wireId }),
    ...(label === id ? {} : { label }),
    ...(description ? { description } : {}),
    tags,
    ...(Object.keys(options).length ? { options } : {}),
    ...(context === null ? {} : { context }),
    ...(maxOutput === null ? {} : { max_output: maxOutput }),
    ...(structuredOutput ? { structured_output: structuredOutput } : {}),
    ...(rules.length ? { rules } : {}),
    ...(listedPrice ? { pricing: listedPrice } : {}),
  };
}

/** The variables for its key. An inherited key can still be found, at the origin to which it belongs. */
function keyVariables(provider: Provider): string[] {
  const parent = provider.inheritsKeyFrom;
  if (!parent) return provider.credentials.env;
  return originOf(parent.base) === originOf(provider.base)
    ? [...envVariables(parent, 'API_KEY'), ...parent.credentials.env]
    : [];
}

/** Fields of a runtime registration besides `metadata`'s free-form ones. */
const registrationFields = new Set([
  'base_url',
  'api_key',
  'headers',
  'timeout',
  'models',
  'settings',
  'aliases',
]);

/**
 * Converts a provider to a registry file entry. Headers and settings are unchanged, including any credential
 * in them.
 */
export function entryFromProvider(provider: Provider, name: string): ProviderEntry {
  const env = keyVariables(provider);
  const runtime = provider.origin === 'runtime';
  const metadata = Object.entries(provider.metadata).filter(
    ([key, value]) => value !== undefined && !(runtime && registrationFields.has(key)),
  );
  return {
    name,
    adapter: provider.adapter,
    base: writtenAddress(provider),
    ...(provider.label === provider.name ? {} : { label: provider.label }),
    ...(provider.statedTimeout || runtime ? { timeout: provider.timeoutMs / 1000 } : {}),
    kind: provider.kind,
    ...(provider.switchedOff ? { enabled: false } : {}),
    ...(provider.tags.length ? { tags: provider.tags } : {}),
    credentials: { required: provider.credentials.required, ...(env.length ? { env } : {}) },
    ...(Object.keys(provider.headers).length ? { headers: provider.headers } : {}),
    // Facts stored from the provider's list stay in its overlay, where they can be forgotten.
    models: provider.models.flatMap((model) => withoutFacts(model) ?? []).map(modelEntry),
    ...(Object.keys(provider.settings).length ? { settings: provider.settings } : {}),
    ...(metadata.length ? { metadata: Object.fromEntries(metadata) } : {}),
  };
}
