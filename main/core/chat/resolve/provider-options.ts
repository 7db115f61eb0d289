import type { ProviderOptions } from '../../../../contract/module-preset.ts';
import type { CodedText } from '../../../../contract/coded-texts.ts';
import { codedText } from '../../lib/coded-text.ts';
import { headerProblem } from '../../lib/headers.ts';
import { partOf } from '../../lib/notice.ts';
import { refusedField } from '../../lib/validation.ts';
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

const refuse = (path: string, problem: CodedText<'file_problem'>) =>
  refusedField(path, problem.message, partOf('file_problem', problem));

/** A header that the connection or the provider sets. */
function ownHeader(name: string): CodedText<'file_problem'> | undefined {
  if (hopByHop.has(name.toLowerCase())) {
    const message = 'this header belongs to the connection';
    return codedText('file_problem', 'header', { fault: 'connection' }, message);
  }
  if (!isCredentialHeader(name)) return undefined;
  const message = 'authentication comes from the provider, not from a call';
  return codedText('file_problem', 'header', { fault: 'authentication' }, message);
}

/**
 * @throws AppError `invalid_request` for a header that could carry a key, break the message framing or inject
 * a line
 */
function checkHeader(name: string, value: string): void {
  const problem = headerProblem(name, value) ?? ownHeader(name);
  if (problem) throw refuse(`provider_options.headers.${name}`, problem);
}

/** @throws AppError `invalid_request` for a key in the URL, which every log on the way would store */
function checkQuery(name: string): void {
  if (!isCredentialQuery(name)) return;
  const message = 'a credential in a URL would be logged on its way; authentication comes from the provider';
  throw refuse(`provider_options.query.${name}`, codedText('file_problem', 'query_credential', {}, message));
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
