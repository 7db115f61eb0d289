import type { WirePlan } from '../../../../contract/plan.ts';
import { mask, type Redactor } from '../../lib/redact.ts';
import { envName, isCredentialHeader } from '../../registry/environment.ts';
import type { Plan } from './plan.ts';

function shownHeaders(plan: Plan): Record<string, string> {
  const entries = Object.entries(plan.headers).map(([name, value]) => [
    name,
    isCredentialHeader(name) ? mask(value) : value,
  ]);
  const headers = Object.fromEntries(entries) as Record<string, string>;
  const auth = plan.adapter.auth;
  if (!auth || (!plan.key && !plan.resolved.provider.credentials.required)) return headers;
  const value = plan.key ? mask(plan.key.key) : variableOf(plan);
  return { ...headers, [auth.header.toLowerCase()]: auth.prefix + value };
}

/**
 * The shell variable for the key: the one in which it was found, else the first one that would be looked up.
 */
function variableOf(plan: Plan): string {
  return plan.key?.variable ?? `$COMFYVN_LLM_${envName(plan.resolved.provider.name)}_API_KEY`;
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** Headers that contain a credential, each with the variable that replaces it. */
function credentialHeaders(plan: Plan): Record<string, string> {
  const { headers, resolved, adapter, key } = plan;
  const named = Object.keys(headers)
    .filter(isCredentialHeader)
    .map((name) => [name, `$COMFYVN_LLM_${envName(resolved.provider.name)}_${envName(name)}`]);
  const { auth } = adapter;
  if (auth && (key || resolved.provider.credentials.required))
    named.push([auth.header.toLowerCase(), auth.prefix + variableOf(plan)]);
  return Object.fromEntries(named) as Record<string, string>;
}

/** A `curl` line that sends the same bytes, with `$VARIABLE` where the credential belongs. */
function curlLine(plan: Plan, redactor: Redactor): string {
  const credentials = credentialHeaders(plan);
  const plain = Object.entries(plan.headers).filter(([name]) => !(name in credentials));
  return [
    `curl -sS -X ${plan.method} ${quoted(redactor.redact(plan.url))}`,
    ...plain.map(([name, value]) => `-H ${quoted(`${name}: ${redactor.redact(value)}`)}`),
    ...Object.entries(credentials).map(([name, value]) => `-H "${name}: ${value}"`),
    `--data-binary ${quoted(redactor.redact(plan.body.toString('utf8')))}`,
  ].join(' \\\n  ');
}

/** The plan for display: secrets as `••••last4`, and the hash of the exact bytes. */
export function showPlan(plan: Plan, redactor: Redactor): WirePlan {
  return {
    method: plan.method,
    url: redactor.redact(plan.url),
    headers: redactor.redactDeep(shownHeaders(plan)),
    body: redactor.redactDeep(plan.bodyObject),
    bytes: plan.body.length,
    sha256: plan.sha256,
    curl: curlLine(plan, redactor),
    credentials: credentialHeaders(plan),
  };
}
