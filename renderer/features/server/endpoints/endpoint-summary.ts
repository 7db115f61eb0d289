import type { Endpoint } from '../../../../contract/server-access.ts';
import { currentCatalogue } from '../../../i18n/current-language.ts';

/** What an endpoint does, in the current language; one that the catalogue does not know keeps its English text. */
export function endpointSummary({ method, path, summary }: Endpoint): string {
  const text = currentCatalogue()?.endpoints[`${method} ${path}`] ?? summary;
  return text.replaceAll('`', '');
}
