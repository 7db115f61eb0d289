import '../../../api/zod-without-eval.ts';
import { errorText } from '../../../api/error-text.ts';
import type { ErrorInfo } from '../../../../contract/errors.ts';
import type { RuntimeRegistration } from '../../../../contract/runtime-adapter.ts';
import { runtimeRegistration } from '../../../../contract/runtime-adapter.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { failureFacts } from '../../../ui/call/failure-facts.ts';
import { isHttpAddress } from '../connection/http-address.ts';
import { isObject } from '../../../api/is-object.ts';

/** The typed values of the form. The key is not one of them: it stays in its own input until it is sent. */
export interface Registration {
  id: string;
  label: string;
  provider: string;
  baseUrl: string;
  /** Names separated by commas. */
  modes: string;
  /** Model ids, separated by line breaks or commas. */
  models: string;
  /** JSON text: all other fields of `metadata`. */
  metadata: string;
}

export type RegistrationErrors = Partial<Record<keyof Registration | 'key' | 'form', string>>;

export const emptyRegistration: Registration = {
  id: '',
  label: '',
  provider: 'lmstudio_local',
  baseUrl: '',
  modes: 'chat',
  models: '',
  metadata: '',
};

const t = providersMessages.providers.form;

const listOf = (text: string) =>
  text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter(Boolean);

/** The object in a JSON text; null for anything else. */
function jsonObject(text: string): Record<string, unknown> | null {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * The form as the operation's input; empty fields are left out.
 * @param key the key to send, or a placeholder
 */
export function toRegistration(form: Registration, key = ''): RuntimeRegistration {
  const modes = listOf(form.modes);
  const models = listOf(form.models);
  const baseUrl = form.baseUrl.trim();
  const label = form.label.trim();
  const metadata = {
    ...(baseUrl !== '' && { base_url: baseUrl }),
    ...(key !== '' && { api_key: key }),
    ...(models.length > 0 && { models }),
    ...jsonObject(form.metadata),
  };
  return {
    id: form.id.trim(),
    provider: form.provider,
    ...(label !== '' && { label }),
    ...(modes.length > 0 && modes.join() !== 'chat' && { modes }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
  };
}

const fieldOfPath: Record<string, keyof RegistrationErrors> = {
  id: 'id',
  adapter_id: 'id',
  label: 'label',
  provider: 'provider',
  modes: 'modes',
  'metadata.base_url': 'baseUrl',
  'metadata.models': 'models',
  'metadata.api_key': 'key',
  metadata: 'metadata',
};

function fieldAt(path: string): keyof RegistrationErrors | undefined {
  const parts = path.replaceAll('/', '.').replace(/^\./, '').split('.');
  for (; parts.length > 0; parts.pop()) {
    const field = fieldOfPath[parts.join('.')];
    if (field) return field;
  }
  return undefined;
}

/** The problems of the form according to the contract, before anything is sent. */
export function checkRegistration(form: Registration): RegistrationErrors {
  const errors: RegistrationErrors = {};
  if (form.id.trim() === '') errors.id = t.required;
  if (form.provider === '') errors.provider = t.required;
  if (jsonObject(form.metadata) === null) errors.metadata = t.metadataBad;
  if (form.baseUrl.trim() !== '' && !isHttpAddress(form.baseUrl.trim())) errors.baseUrl = t.baseUrlBad;
  for (const { path, message } of runtimeRegistration.safeParse(toRegistration(form)).error?.issues ?? [])
    errors[fieldAt(path.join('.')) ?? 'form'] ??= message;
  return errors;
}

const fieldOfCode: Partial<Record<ErrorInfo['code'], keyof RegistrationErrors>> = {
  id_taken: 'id',
  unknown_provider: 'provider',
  unsafe_address: 'baseUrl',
};

/** The server's error, at the field that it names. */
export function refusedRegistration(error: ErrorInfo): RegistrationErrors {
  const errors: RegistrationErrors = {};
  for (const { path, message } of failureFacts(error).fields) {
    const field = fieldAt(path);
    if (field) errors[field] = message;
  }
  // Some errors name the field only in their message: `metadata.headers: …`.
  const named = fieldAt(/^([\w.]+):/.exec(error.message)?.[1] ?? '');
  if (Object.keys(errors).length === 0) errors[fieldOfCode[error.code] ?? named ?? 'form'] = errorText(error);
  return errors;
}
