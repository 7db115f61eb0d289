import type { ProviderEntry } from '../../../contract/provider.ts';
import { headerProblem } from '../lib/headers.ts';
import { keyHeaderProblem } from '../lib/key-text.ts';
import { notice, partOf, type Notice } from '../lib/notice.ts';
import { readBaseUrl, type BaseUrl } from '../net/base-url/base-url.ts';
import { registryProblem } from './registry-problem.ts';

/**
 * Checks a provider entry beyond its schema.
 * @param at the entry's path in the file, `providers[1].`; empty for a file with a single entry
 * @returns how its address is interpreted
 * @throws AppError `registry_invalid` for an address that cannot be called, or a header that cannot be sent
 */
export function checkEntry(file: string, at: string, entry: ProviderEntry): BaseUrl {
  const read = readBaseUrl(entry.base, entry.adapter);
  if ('problem' in read)
    throw registryProblem(file, `${at}base`, read.problem, {
      parts: [partOf('address_problem', read.refusal)],
    });
  for (const [name, value] of Object.entries(entry.headers ?? {})) {
    const problem = headerProblem(name, value) ?? keyHeaderProblem(name, value);
    if (problem) throw registryProblem(file, `${at}headers.${name}`, `this header ${problem}`);
  }
  return read;
}

/**
 * A correction of an address.
 * @param file the file that it is in; null for a variable or a field of a request
 * @param setting the variable or field
 */
export function addressNotice(
  { base, notice: correction, notes }: BaseUrl,
  file: string | null,
  setting: string,
): Notice[] {
  if (!correction) return [];
  const problem = notes.map(({ message }) => message).join('; ');
  const message = file === null ? `${setting} ${correction}` : `${file}, at ${setting}: it ${correction}`;
  const parts = notes.map((note) => partOf('address_note', note));
  return [notice('address_corrected', { file, setting, base, problem }, message, parts)];
}

/** The corrections of `checkEntry` as registry warnings. */
export function entryWarnings(file: string, at: string, entry: ProviderEntry): Notice[] {
  return addressNotice(checkEntry(file, at, entry), file, `${at}base`);
}
