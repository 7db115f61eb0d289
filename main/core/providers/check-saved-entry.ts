import type { ProviderEntry } from '../../../contract/provider.ts';
import type { HiddenField } from '../../../contract/user-preset.ts';
import { AppError } from '../lib/app-error.ts';
import { leaveOutSecrets } from '../secrets/leave-out-secrets.ts';
import type { Notice } from '../lib/notice.ts';
import type { Redactor } from '../lib/redact.ts';
import { addressNotice, checkEntry } from '../registry/check-entry.ts';
import { envName } from '../registry/environment.ts';
import { readBaseUrl } from '../net/base-url/base-url.ts';
import { writtenAddress } from '../registry/model/at-base-url.ts';

const refuse = (path: string, message: string) =>
  new AppError('invalid_request', `provider.${path}: ${message}`, {
    fields: [{ path: `provider.${path}`, message }],
  });

/** The entry with its address normalized, and the corrections. */
function atItsBase(entry: ProviderEntry): { entry: ProviderEntry; warnings: Notice[] } {
  const read = readBaseUrl(entry.base, entry.adapter);
  if ('problem' in read) throw refuse('base', read.problem);
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
    throw refuse(String(error.details?.['path']), String(error.details?.['reason']));
  }
  const found: HiddenField[] = [];
  leaveOutSecrets(redactor, entry, '', found);
  const [first] = found;
  if (first)
    throw refuse(
      first.path,
      `a key does not belong into a file: set COMFYVN_LLM_${envName(entry.name)}_API_KEY or save it in the panel`,
    );
  if (JSON.stringify(entry).includes('••••'))
    throw refuse(
      'settings',
      'holds a key as it is shown, masked: leave the field out, and what the file has stays',
    );
  return checked;
}
