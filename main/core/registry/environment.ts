import type { Redactor } from '../lib/redact.ts';
import { headerProblem } from '../lib/headers.ts';
import type { Env } from '../lib/ports.ts';
import type { Provider } from './model/model.ts';
import { hasCredential, originOf } from '../net/origin.ts';

/** `lmstudio_local` → `LMSTUDIO_LOCAL`: capitals, every other run of characters an underscore. */
export function envName(provider: string): string {
  return provider.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}

/** The variables of one provider with this ending, its own name first, then its aliases. */
export function envVariables(provider: Provider, ending: string): string[] {
  return provider.aliases.map((name) => `COMFYVN_LLM_${envName(name)}_${ending}`);
}

function firstSet(env: Env, names: string[]): { name: string; value: string } | undefined {
  for (const name of names) {
    const value = env[name]?.trim();
    if (value) return { name, value };
  }
  return undefined;
}

/** Header names whose value is a credential, whatever the provider. */
export function isCredentialHeader(name: string): boolean {
  return /authori[sz]ation|api[-_]?key|token|secret|cookie|^x-goog-api-key$/i.test(name);
}

/** Names of query parameters whose value is a credential. */
export function isCredentialQuery(name: string): boolean {
  return /^(key|auth|sig|signature|password)$|api[-_]?key|token|secret/i.test(name);
}

function parseHeaders(text: string): Record<string, string> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    if (Object.values(value).some((v) => !['string', 'number', 'boolean'].includes(typeof v)))
      return undefined;
    const entries = Object.entries(value).map(([k, v]) => [k, String(v)] as const);
    return entries.some(([k, v]) => headerProblem(k, v)) ? undefined : Object.fromEntries(entries);
  } catch {
    return undefined;
  }
}

/** A number of seconds in milliseconds, where it can be read. */
function seconds(text: string | undefined): number | undefined {
  const value = Number(text);
  return text?.trim() && Number.isFinite(value) && value > 0 && value <= 3600 ? value * 1000 : undefined;
}

/**
 * The provider with the environment laid over it: `COMFYVN_LLM_<PROVIDER>_{BASE_URL,HEADERS,TIMEOUT}` and the default
 * time-out. A value that cannot be read is left out with a warning that names the variable, never its content.
 */
export function withEnvironment(
  provider: Provider,
  env: Env,
  redactor: Redactor,
  warnings: string[],
): Provider {
  const { base: said, headers: sent, timeoutMs } = provider;
  const out: Provider = { ...provider, inFile: { base: said, headers: sent, timeoutMs } };
  const base = firstSet(env, envVariables(provider, 'BASE_URL'));
  if (base && hasCredential(base.value))
    warnings.push(
      `${base.name} has a credential in the URL; put it in the API key. ${provider.base} is used`,
    );
  else if (base && originOf(base.value) && /^https?:/i.test(base.value))
    out.base = base.value.replace(/\/+$/, '');
  else if (base) warnings.push(`${base.name} is not an http or https URL; ${provider.base} is used`);

  const headers = firstSet(env, envVariables(provider, 'HEADERS'));
  const parsed = headers && parseHeaders(headers.value);
  if (parsed) {
    for (const [name, value] of Object.entries(parsed)) if (isCredentialHeader(name)) redactor.add(value);
    out.headers = { ...provider.headers, ...parsed };
  } else if (headers) {
    warnings.push(`${headers.name} is not a JSON object of header names and values; it is left out`);
  }

  const forAll = provider.timeoutSaid ? [] : ['COMFYVN_LLM_DEFAULT_TIMEOUT'];
  const timeout = firstSet(env, [...envVariables(provider, 'TIMEOUT'), ...forAll]);
  const ms = seconds(timeout?.value);
  if (ms) out.timeoutMs = ms;
  else if (timeout)
    warnings.push(`${timeout.name} is not a number of seconds between 0 and 3600; it is left out`);
  return out;
}
