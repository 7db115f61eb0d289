import '../../../api/zod-without-eval.ts';
import type { ErrorInfo } from '../../../../contract/errors.ts';
import type { ProviderEntry } from '../../../../contract/provider.ts';
import { providerEntry } from '../../../../contract/provider.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { failureFacts } from '../../../ui/call/failure-facts.ts';
import { errorText } from '../../../api/error-text.ts';
import { isHttpAddress } from './http-address.ts';

/** The editable fields of a provider, as typed. */
export interface ConnectionValues {
  label: string;
  base: string;
  /** Seconds. */
  timeout: string;
  enabled: boolean;
  headers: { name: string; value: string }[];
  /** JSON text. */
  settings: string;
  /** Paths of hidden fields in the file that are to be removed. */
  forget: string[];
}

export type ConnectionField = keyof ConnectionValues;
export type ConnectionErrors = Partial<Record<ConnectionField | 'form', string>>;

const t = providersMessages.providers.form;
const fields: readonly ConnectionField[] = [
  'label',
  'base',
  'timeout',
  'enabled',
  'headers',
  'settings',
  'forget',
];

export function valuesOf(entry: ProviderEntry): ConnectionValues {
  const { label = '', base, timeout, enabled = true, headers = {}, settings = {} } = entry;
  return {
    label,
    base,
    timeout: timeout === undefined ? '' : String(timeout),
    enabled,
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    settings: Object.keys(settings).length === 0 ? '' : JSON.stringify(settings, null, 2),
    forget: [],
  };
}

function parsed(settings: string): unknown {
  try {
    return settings.trim() === '' ? undefined : JSON.parse(settings);
  } catch {
    return Symbol.for('not JSON');
  }
}

/** The entry with the typed values; empty fields are left out. */
export function entryWith(entry: ProviderEntry, values: ConnectionValues): ProviderEntry {
  const { label: _l, timeout: _t, enabled: _e, headers: _h, settings: _s, ...rest } = entry;
  const label = values.label.trim();
  const headers = values.headers.filter(({ name, value }) => name.trim() !== '' || value !== '');
  const settings = parsed(values.settings);
  return {
    ...rest,
    base: values.base.trim(),
    ...(label && { label }),
    ...(values.timeout.trim() && { timeout: Number(values.timeout) }),
    ...((!values.enabled || entry.enabled !== undefined) && { enabled: values.enabled }),
    ...(headers.length > 0 && {
      headers: Object.fromEntries(headers.map(({ name, value }) => [name.trim(), value.trim()])),
    }),
    ...(settings !== undefined && { settings: settings as Record<string, unknown> }),
  };
}

function fieldAt(path: readonly PropertyKey[]): ConnectionField | 'form' {
  return fields.find((field) => field === path[0]) ?? 'form';
}

/** The problems by field, according to the contract, before anything is sent. */
export function connectionErrors(entry: ProviderEntry, values: ConnectionValues): ConnectionErrors {
  const errors: ConnectionErrors = {};
  const next = entryWith(entry, values);
  if (typeof next.settings === 'symbol') errors.settings = providersMessages.providers.notJson;
  if (entry.adapter !== 'stub' && !isHttpAddress(next.base)) errors.base = t.baseUrlBad;
  if (values.timeout.trim() !== '' && Number.isNaN(next.timeout))
    errors.timeout = providersMessages.providers.notSeconds;
  const names = values.headers.map(({ name }) => name.trim().toLowerCase()).filter(Boolean);
  if (new Set(names).size < names.length) errors.headers = providersMessages.providers.headerTwice;
  for (const { path, message } of providerEntry.safeParse(next).error?.issues ?? [])
    errors[fieldAt(path)] ??= message;
  return errors;
}

/** The server's error, at the field that it names. */
export function refusedConnection(error: ErrorInfo): ConnectionErrors {
  const errors: ConnectionErrors = {};
  for (const { path, message } of failureFacts(error).fields)
    errors[fieldAt(path.replace(/^provider\./, '').split('.'))] = message;
  return Object.keys(errors).length === 0 ? { form: errorText(error) } : errors;
}
