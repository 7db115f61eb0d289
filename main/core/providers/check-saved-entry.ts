import type { CodedText } from '../../../contract/coded-texts.ts';
import type { ProviderEntry } from '../../../contract/provider.ts';
import type { HiddenField } from '../../../contract/user-preset.ts';
import { AppError } from '../lib/app-error.ts';
import { leaveOutSecrets } from '../secrets/leave-out-secrets.ts';
import { codedText } from '../lib/coded-text.ts';
import { partOf, type Notice, type ProblemParts } from '../lib/notice.ts';
import { refusedField } from '../lib/validation.ts';
import { registryNotice } from '../registry/registry-problem.ts';
import type { Redactor } from '../lib/redact.ts';
import { addressNotice, checkEntry } from '../registry/check-entry.ts';
import { envName } from '../registry/environment.ts';
import { readBaseUrl } from '../net/base-url/base-url.ts';
import { writtenAddress } from '../registry/model/at-base-url.ts';

const refuse = (path: string, message: string, part?: ProblemParts[number]) =>
  refusedField(`provider.${path}`, message, part);

function keyInFile(provider: string): CodedText<'file_problem'> {
  const variable = `COMFYVN_LLM_${envName(provider)}_API_KEY`;
  const message = `a key does not belong into a file: set ${variable} or save it in the panel`;
  return codedText('file_problem', 'key_in_file', { variable }, message);
}

function maskedKey(): CodedText<'file_problem'> {
  const message = 'holds a key as it is shown, masked: leave the field out, and what the file has stays';
  return codedText('file_problem', 'masked_key', {}, message);
}

/** The entry with its address normalized, and the corrections. */
function atItsBase(entry: ProviderEntry): { entry: ProviderEntry; warnings: Notice[] } {
  const read = readBaseUrl(entry.base, entry.adapter);
  if ('problem' in read) throw refuse('base', read.problem, partOf('address_problem', read.refusal));
  const base = writtenAddress({ adapter: entry.adapter, ...read });
  return { entry: { ...entry, base }, warnings: addressNotice(read, null, 'base') };
}

/**
 * Validates an entry before it is written. Rejects an address that cannot be called, a header that cannot be
 * sent, and a credential.
 * @throws AppError `invalid_request` with the place
 */
export function checkSavedEntry(
  entry: ProviderEntry,
  redactor: Redactor,
): { entry: ProviderEntry; warnings: Notice[] } {
  const checked = atItsBase(entry);
  try {
    checkEntry('', '', entry);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { values, parts } = registryNotice(error);
    throw refuse(values.path ?? '', values.problem, parts[0]);
  }
  const found: HiddenField[] = [];
  leaveOutSecrets(redactor, entry, '', found);
  const [first] = found;
  const refuseText = (path: string, text: CodedText<'file_problem'>) =>
    refuse(path, text.message, partOf('file_problem', text));
  if (first) throw refuseText(first.path, keyInFile(entry.name));
  if (JSON.stringify(entry).includes('••••')) throw refuseText('settings', maskedKey());
  return checked;
}
