import type { ProviderEntry } from '../../../contract/provider.ts';
import { headerProblem } from '../lib/headers.ts';
import { keyHeaderProblem } from '../lib/key-text.ts';
import { readBaseUrl } from '../net/base-url/base-url.ts';
import { registryProblem } from './registry-problem.ts';

/**
 * Checks a provider entry beyond its schema.
 * @param at the entry's path in the file, `providers[1].`; empty for a file with a single entry
 * @returns how its address is interpreted, if that differs from the input
 * @throws AppError `registry_invalid` for an address that cannot be called, or a header that cannot be sent
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

/** The notices of `checkEntry` as registry warnings. */
export function entryWarnings(file: string, at: string, entry: ProviderEntry): string[] {
  return checkEntry(file, at, entry).map(({ path, notice }) => `${file}, at ${path}: it ${notice}`);
}
