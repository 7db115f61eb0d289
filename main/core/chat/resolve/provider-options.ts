import type { ProviderOptions } from '../../../../contract/module-preset.ts';
import { AppError } from '../../lib/app-error.ts';
import { deepMerge } from '../../lib/json.ts';
import { isCredentialHeader, isCredentialQuery } from '../../registry/environment.ts';

const hopByHop = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'te',
  'trailer',
  'upgrade',
  'expect',
]);

/**
 * @throws AppError `invalid_request` for a header that could carry a key, break the message framing or inject
 * a line
 */
function checkHeader(name: string, value: string): void {
  const path = `provider_options.headers.${name}`;
  const refuse = (why: string) =>
    new AppError('invalid_request', `${path}: ${why}`, { fields: [{ path, message: why }] });
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw refuse('not a header name');
  if (/[\r\n\0]/.test(value)) throw refuse('a header value has no line breaks');
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) throw refuse('a header value has no characters beyond Latin-1');
  if (hopByHop.has(name.toLowerCase())) throw refuse('this header belongs to the connection');
  if (isCredentialHeader(name)) throw refuse('authentication comes from the provider, not from a call');
}

/** @throws AppError `invalid_request` for a key in the URL, which every log on the way would store */
function checkQuery(name: string): void {
  if (!isCredentialQuery(name)) return;
  const path = `provider_options.query.${name}`;
  const message = 'a credential in a URL would be logged on its way; authentication comes from the provider';
  throw new AppError('invalid_request', `${path}: ${message}`, { fields: [{ path, message }] });
}

const none: Required<ProviderOptions> = { body: {}, headers: {}, query: {} };

/** A preset's options overlaid with the caller's; each is checked. */
export function mergeProviderOptions(...all: (ProviderOptions | undefined)[]): Required<ProviderOptions> {
  if (all.every((options) => options === undefined)) return none;
  let body: Record<string, unknown> = {};
  const headers: Record<string, string> = {};
  const query: Record<string, string> = {};
  for (const options of all) {
    body = deepMerge(body, options?.body ?? {});
    for (const [name, value] of Object.entries(options?.headers ?? {})) {
      checkHeader(name, value);
      headers[name.toLowerCase()] = value;
    }
    for (const name of Object.keys(options?.query ?? {})) checkQuery(name);
    Object.assign(query, options?.query);
  }
  return { body, headers, query };
}
