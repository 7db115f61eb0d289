import type { RuntimeAdapter, RuntimeRegistration } from '../../../../contract/runtime-adapter.ts';

/**
 * The registration that restores a removed adapter, without masked secrets (`…last4`), which are not real
 * values.
 */
export function undoneRegistration(adapter: RuntimeAdapter): {
  registration: RuntimeRegistration;
  keyLost: boolean;
} {
  const { adapter_id: id, provider, label, modes } = adapter;
  const { api_key: key, headers, ...metadata } = adapter.metadata;
  const shown = Object.entries(typeof headers === 'object' && headers !== null ? headers : {});
  const readable = shown.filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !entry[1].startsWith('…'),
  );
  return {
    registration: {
      id,
      provider,
      label,
      modes,
      metadata: { ...metadata, ...(readable.length > 0 && { headers: Object.fromEntries(readable) }) },
    },
    keyLost: key !== undefined || readable.length < shown.length,
  };
}
