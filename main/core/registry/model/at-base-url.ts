import type { BaseUrl } from '../../net/base-url/base-url.ts';
import { writtenBaseUrl } from '../../net/base-url/base-url.ts';
import type { Provider } from './model.ts';

/** A provider at this address. The version that an Azure address names is the one that its calls ask for. */
export function atBaseUrl<P extends Pick<Provider, 'adapter' | 'settings'>>(
  provider: P,
  { base, query }: Pick<BaseUrl, 'base' | 'query'>,
): P & Pick<Provider, 'base' | 'query'> {
  const { 'api-version': version, ...others } = query;
  if (provider.adapter !== 'azure_openai' || !version) return { ...provider, base, query };
  return { ...provider, base, query: others, settings: { ...provider.settings, api_version: version } };
}

/** A provider's address as a file or a registration says it: reading it gives `base` and `query` again. */
export function writtenAddress({
  adapter,
  base,
  query,
}: Pick<Provider, 'adapter' | 'base' | 'query'>): string {
  const search = new URLSearchParams(query).toString();
  return writtenBaseUrl(base, adapter) + (search ? `?${search}` : '');
}
