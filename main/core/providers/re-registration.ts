import type { RuntimeAdapter, RuntimeRegistration } from '../../../contract/runtime-adapter.ts';
import type { Provider } from '../registry/model/model.ts';

/**
 * The data to register a runtime adapter again, including its key and headers; in memory only, never shown.
 */
export function reRegistration(provider: Provider, shown: RuntimeAdapter | undefined): RuntimeRegistration {
  const metadata = shown?.metadata ?? {};
  const names = Object.keys((metadata['headers'] as Record<string, string> | undefined) ?? {});
  const headers = Object.fromEntries(names.map((name) => [name, provider.headers[name] ?? '']));
  const { api_key: _masked, ...rest } = metadata;
  return {
    id: provider.name,
    provider: shown?.provider ?? provider.adapter,
    label: provider.label,
    ...(shown ? { modes: shown.modes } : {}),
    metadata: {
      ...rest,
      ...(names.length ? { headers } : {}),
      ...(provider.inlineKey ? { api_key: provider.inlineKey } : {}),
    },
  };
}
