import type { ProviderEntry } from '../../../contract/provider.ts';
import type { LeftOut } from '../../../contract/user-preset.ts';
import { AppError } from '../lib/app-error.ts';
import { leaveOutSecrets } from '../secrets/leave-out-secrets.ts';
import type { Redactor } from '../lib/redact.ts';
import { checkEntry } from '../registry/check-entry.ts';
import { envName } from '../registry/environment.ts';
import { originOf } from '../net/origin.ts';

const refuse = (path: string, message: string) =>
  new AppError('invalid_request', `provider.${path}: ${message}`, {
    fields: [{ path: `provider.${path}`, message }],
  });

function checkAddress({ adapter, base }: ProviderEntry): void {
  if (adapter !== 'stub' && (!/^https?:\/\//i.test(base) || originOf(base) === null))
    throw refuse('base', 'an http or https URL is needed');
}

/**
 * What a provider's file may not hold: an address nobody can call, a header that cannot be sent, a credential.
 * @throws AppError `invalid_request` with the place
 */
export function checkSavedEntry(entry: ProviderEntry, redactor: Redactor): void {
  checkAddress(entry);
  try {
    checkEntry('', '', entry);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw refuse(String(error.details?.['path']), String(error.details?.['reason']));
  }
  const found: LeftOut[] = [];
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
}
