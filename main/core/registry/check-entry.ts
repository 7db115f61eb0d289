import type { ProviderEntry } from '../../../contract/provider.ts';
import { headerProblem } from '../lib/headers.ts';
import { keyHeaderProblem } from '../lib/key-text.ts';
import { notice, partOf, type Notice, type ProblemParts } from '../lib/notice.ts';
import { readBaseUrl, type BaseUrl } from '../net/base-url/base-url.ts';
import { registryProblem } from './registry-problem.ts';

/** Why a header cannot be sent, worded to follow its name; undefined if it can. */
export function sentProblem(
  name: string,
  value: string,
): { message: string; part: ProblemParts[number] } | undefined {
  const ofHeader = headerProblem(name, value);
  if (ofHeader) return { message: ofHeader.message, part: partOf('file_problem', ofHeader) };
  const ofKey = keyHeaderProblem(name, value);
  return ofKey ? { message: ofKey.message, part: partOf('key_problem', ofKey) } : undefined;
}

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
    const sent = sentProblem(name, value);
    if (sent)
      throw registryProblem(file, `${at}headers.${name}`, `this header ${sent.message}`, {
        parts: [sent.part],
      });
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
