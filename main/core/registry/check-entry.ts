import type { ProviderEntry } from '../../../contract/provider.ts';
import { headerProblem } from '../lib/headers.ts';
import { hasCredential } from '../net/origin.ts';
import { registryProblem } from './registry-problem.ts';

/**
 * What a schema does not see in a provider's entry.
 * @param at where the entry is in the file, `providers[1].`; empty for a file that is one entry
 * @throws AppError `registry_invalid` for a credential in the address, or a header that cannot be sent
 */
export function checkEntry(file: string, at: string, entry: ProviderEntry): void {
  if (hasCredential(entry.base))
    throw registryProblem(file, `${at}base`, 'a credential in a URL would be logged on its way');
  for (const [name, value] of Object.entries(entry.headers ?? {})) {
    const problem = headerProblem(name, value);
    if (problem) throw registryProblem(file, `${at}headers.${name}`, `this header ${problem}`);
  }
}
