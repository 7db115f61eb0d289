import type { ErrorInfo } from '../../../contract/errors.ts';
import type { RuntimeAdapter, RuntimeRegistration } from '../../../contract/runtime-adapter.ts';
import { messages } from '../../messages.ts';
import { failureFacts } from '../../ui/call/failure-facts.ts';

/** What is typed in the form. */
export interface Registration {
  id: string;
  label: string;
  provider: string;
  baseUrl: string;
}

export type RegistrationErrors = Partial<Record<keyof Registration | 'form', string>>;

const words = messages.providers.form;
const idPattern = /^[A-Za-z0-9][\w.-]{0,63}$/;

/** Whether a text is an address that can be called. */
export function isHttpAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}

/** What is wrong with the form before anything is sent. */
export function checkRegistration({ id, provider, baseUrl }: Registration): RegistrationErrors {
  const errors: RegistrationErrors = {};
  if (id.trim() === '') errors.id = words.required;
  else if (!idPattern.test(id.trim())) errors.id = words.idBad;
  if (provider === '') errors.provider = words.required;
  if (baseUrl.trim() !== '' && !isHttpAddress(baseUrl.trim())) errors.baseUrl = words.baseUrlBad;
  return errors;
}

/** The form as the operation's input; empty fields are left out. */
export function toRegistration({ id, label, provider, baseUrl }: Registration): RuntimeRegistration {
  return {
    id: id.trim(),
    provider,
    ...(label.trim() !== '' && { label: label.trim() }),
    ...(baseUrl.trim() !== '' && { metadata: { base_url: baseUrl.trim() } }),
  };
}

const fieldOfPath: Record<string, keyof Registration> = {
  id: 'id',
  adapter_id: 'id',
  label: 'label',
  provider: 'provider',
  'metadata.base_url': 'baseUrl',
};

const fieldOfCode: Partial<Record<ErrorInfo['code'], keyof Registration>> = {
  id_taken: 'id',
  unknown_provider: 'provider',
  unsafe_address: 'baseUrl',
};

/** The server's refusal, at the field that it is about. */
export function refusedRegistration(error: ErrorInfo): RegistrationErrors {
  const errors: RegistrationErrors = {};
  for (const { path, message } of failureFacts(error).fields) {
    const field = fieldOfPath[path.replaceAll('/', '.').replace(/^\./, '')];
    if (field) errors[field] = message;
  }
  if (Object.keys(errors).length === 0) errors[fieldOfCode[error.code] ?? 'form'] = error.message;
  return errors;
}

/** What brings a removed adapter back. Masked secrets (`…last4`) are left out: they are not the real ones. */
export function undoneRegistration(adapter: RuntimeAdapter): {
  registration: RuntimeRegistration;
  keyLost: boolean;
} {
  const { adapter_id: id, provider, label, modes } = adapter;
  const { api_key: key, headers, ...metadata } = adapter.metadata;
  const shown = Object.entries(typeof headers === 'object' && headers !== null ? headers : {});
  const kept = shown.filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !entry[1].startsWith('…'),
  );
  return {
    registration: {
      id,
      provider,
      label,
      modes,
      metadata: { ...metadata, ...(kept.length > 0 && { headers: Object.fromEntries(kept) }) },
    },
    keyLost: key !== undefined || kept.length < shown.length,
  };
}
