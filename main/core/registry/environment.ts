import type { CodedText } from '../../../contract/coded-texts.ts';
import { notice, partOf, type Notice } from '../lib/notice.ts';
import type { Redactor } from '../lib/redact.ts';
import { headerProblem } from '../lib/headers.ts';
import { keyHeaderProblem, keyProblem } from '../lib/key-text.ts';
import type { Env } from '../lib/host/ports.ts';
import { addressNotice } from './check-entry.ts';
import type { Provider } from './model/model.ts';
import { readBaseUrl } from '../net/base-url/base-url.ts';
import { isCredentialHeader } from '../net/credential-names.ts';
import { atBaseUrl } from './model/at-base-url.ts';

export { isCredentialHeader, isCredentialQuery } from '../net/credential-names.ts';

/**
 * Converts `lmstudio_local` to `LMSTUDIO_LOCAL`: upper case, with an underscore for every other run of
 * characters.
 */
export function envName(provider: string): string {
  return provider.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}

/** A provider's variables with this suffix: by its own name first, then by its aliases. */
export function envVariables(provider: Provider, ending: string): string[] {
  return provider.aliases.map((name) => `COMFYVN_LLM_${envName(name)}_${ending}`);
}

function firstSet(env: Env, names: readonly string[]): { name: string; value: string } | undefined {
  for (const name of names) {
    const value = env[name]?.trim();
    if (value) return { name, value };
  }
  return undefined;
}

function parseHeaders(text: string): Record<string, string> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    if (Object.values(value).some((v) => !['string', 'number', 'boolean'].includes(typeof v)))
      return undefined;
    const entries = Object.entries(value).map(([k, v]) => [k, String(v)] as const);
    return entries.some(([k, v]) => headerProblem(k, v) ?? keyHeaderProblem(k, v))
      ? undefined
      : Object.fromEntries(entries);
  } catch {
    return undefined;
  }
}

const defaultTimeout = 'COMFYVN_LLM_DEFAULT_TIMEOUT';

/** Parses a number of seconds into milliseconds. */
function seconds(text: string | undefined): number | undefined {
  const value = Number(text);
  return text?.trim() && Number.isFinite(value) && value > 0 && value <= 3600 ? value * 1000 : undefined;
}

/**
 * The variables for a provider's key, in order: `COMFYVN_LLM_<PROVIDER>_API_KEY`, ComfyVN's older name, the
 * vendor's.
 */
export function keyVariablesOf(provider: Provider): string[] {
  return [...envVariables(provider, 'API_KEY'), ...provider.credentials.env];
}

/** Suffixes of the variables for additional keys: `OPENAI_API_KEY_2` to `OPENAI_API_KEY_9`. */
const furtherNumbers = [2, 3, 4, 5, 6, 7, 8, 9];

/**
 * The variables for a provider's additional keys: for each number the names of the first key, in the same
 * order.
 */
export function furtherKeyVariablesOf(provider: Provider): string[][] {
  const names = keyVariablesOf(provider);
  return furtherNumbers.map((number) => names.map((name) => `${name}_${number}`));
}

/** A variable whose content cannot be sent as a key, and why. */
interface VariableKeyProblem {
  variable: string;
  problem: string;
  detail: CodedText<'key_problem'>;
}

function keyProblemIn(env: Env, names: readonly string[]): VariableKeyProblem | null {
  const variable = firstSet(env, names);
  const detail = variable && keyProblem(variable.value, variable.name);
  return variable && detail ? { variable: variable.name, problem: detail.message, detail } : null;
}

/** What is wrong with the key in the provider's variable. Only the first variable that is set counts. */
export function variableKeyProblem(provider: Provider, env: Env): VariableKeyProblem | null {
  return keyProblemIn(env, keyVariablesOf(provider));
}

/** The same for all of a provider's keys: for each number the first variable that is set counts. */
export function variableKeyProblems(provider: Provider, env: Env): VariableKeyProblem[] {
  const first = variableKeyProblem(provider, env);
  const further = furtherKeyVariablesOf(provider).flatMap((names) => keyProblemIn(env, names) ?? []);
  return [...(first ? [first] : []), ...further];
}

/** The provider with the base URL from its variable, if that is valid. */
function withBaseUrl(provider: Provider, env: Env, warnings: Notice[], notices: Notice[]): Provider {
  const variable = firstSet(env, envVariables(provider, 'BASE_URL'));
  if (!variable) return provider;
  const read = readBaseUrl(variable.value, provider.adapter);
  if ('problem' in read) {
    const { problem, refusal } = read;
    const { base } = provider;
    const message = `${variable.name} ${problem}; ${base} is used`;
    const values = { variable: variable.name, problem, base };
    warnings.push(notice('address_ignored', values, message, [partOf('address_problem', refusal)]));
    return provider;
  }
  notices.push(...addressNotice(read, null, variable.name));
  return { ...atBaseUrl(provider, read), setBy: { base: variable.name } };
}

/**
 * Applies the environment to a provider: `COMFYVN_LLM_<PROVIDER>_{BASE_URL,HEADERS,TIMEOUT}` and the default
 * timeout. An invalid value is ignored with a warning that names the variable but not its content.
 * @param notices receives corrections, each with its variable; by default they join the warnings
 */
export function withEnvironment(
  provider: Provider,
  env: Env,
  redactor: Redactor,
  warnings: Notice[],
  notices: Notice[] = warnings,
): Provider {
  const { base, query, settings, headers: sent, timeoutMs } = provider;
  const inFile = { base, query, settings, headers: sent, timeoutMs };
  const out: Provider = { ...withBaseUrl(provider, env, warnings, notices), inFile };
  const headers = firstSet(env, envVariables(provider, 'HEADERS'));
  const parsed = headers && parseHeaders(headers.value);
  if (parsed) {
    for (const [name, value] of Object.entries(parsed)) if (isCredentialHeader(name)) redactor.add(value);
    out.headers = { ...provider.headers, ...parsed };
  } else if (headers) {
    const message = `${headers.name} is not a JSON object of header names and values; it is ignored`;
    warnings.push(notice('headers_ignored', { variable: headers.name }, message));
  }

  const forAll = provider.statedTimeout ? [] : [defaultTimeout];
  const timeout = firstSet(env, [...envVariables(provider, 'TIMEOUT'), ...forAll]);
  const ms = seconds(timeout?.value);
  if (ms && timeout) {
    out.timeoutMs = ms;
    // A timeout in the file takes precedence over the default for all, so that is not set outside.
    if (timeout.name !== defaultTimeout) out.setBy = { ...out.setBy, timeout: timeout.name };
  } else if (timeout) {
    const message = `${timeout.name} is not a number of seconds between 0 and 3600; it is ignored`;
    warnings.push(notice('timeout_ignored', { variable: timeout.name }, message));
  }
  return out;
}
