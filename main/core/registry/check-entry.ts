import type { ProviderEntry } from '../../../contract/provider.ts';
import { headerProblem } from '../lib/headers.ts';
import { keyHeaderProblem } from '../lib/key-text.ts';
import { readBaseUrl } from '../net/base-url/base-url.ts';
import { registryProblem } from './registry-problem.ts';

/**
 * What a schema does not see in a provider's entry.
 * @param at where the entry is in the file, `providers[1].`; empty for a file that is one entry
 * @returns how its address is read, where that is not as it is written
 * @throws AppError `registry_invalid` for an address that nobody can call, or a header that cannot be sent
 */
export function checkEntry(
  file: string,
  at: string,
  entry: ProviderEntry,
): { path: string; notice: string }[] {
  const read = readBaseUrl(entry.base, entry.adapter);
  if ('problem' in read) throw registryProblem(file, `${at}base`, read.problem);
  for (const [name, value] of Object.entries(entry.headers ?? {})) {
    const problem = headerProblem(name, value) ?? keyHeaderProblem(name, value);
    if (problem) throw registryProblem(file, `${at}headers.${name}`, `this header ${problem}`);
  }
  return read.notice ? [{ path: `${at}base`, notice: read.notice }] : [];
}

/** The notices of `checkEntry` as warnings of the registry. */
export function entryWarnings(file: string, at: string, entry: ProviderEntry): string[] {
  return checkEntry(file, at, entry).map(({ path, notice }) => `${file}, at ${path}: it ${notice}`);
}
