import type { BaseUrl } from '../../net/base-url/base-url.ts';
import { writtenBaseUrl } from '../../net/base-url/base-url.ts';
import type { Provider } from './model.ts';

/** A provider with this address. If an Azure address names a version, calls use that version. */
export function atBaseUrl<P extends Pick<Provider, 'adapter' | 'settings'>>(
  provider: P,
  { base, query }: Pick<BaseUrl, 'base' | 'query'>,
): P & Pick<Provider, 'base' | 'query'> {
  const { 'api-version': version, ...others } = query;
  if (provider.adapter !== 'azure_openai' || !version) return { ...provider, base, query };
  return { ...provider, base, query: others, settings: { ...provider.settings, api_version: version } };
}

/** A provider's address as written in a file or registration: reading it gives `base` and `query` again. */
export function writtenAddress({
  adapter,
  base,
  query,
}: Pick<Provider, 'adapter' | 'base' | 'query'>): string {
  const search = new URLSearchParams(query).toString();
  return writtenBaseUrl(base, adapter) + (search ? `?${search}` : '');
}
