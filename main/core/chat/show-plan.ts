import type { WirePlan } from '../../../contract/chat.ts';
import { mask, type Redactor } from '../redact.ts';
import { envName, isCredentialHeader } from '../registry/environment.ts';
import type { Plan } from './plan.ts';

/** The headers of the live call, the credential among them. */
export function headersWithKey(plan: Plan): Record<string, string> {
  const auth = plan.adapter.auth;
  if (!auth || !plan.key) return plan.headers;
  return { ...plan.headers, [auth.header.toLowerCase()]: auth.prefix + plan.key.key };
}

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

/** The shell variable that stands for the key: the one it was found in, else the one it would be looked for in. */
function variableOf(plan: Plan): string {
  return plan.key?.variable ?? `$COMFYVN_LLM_${envName(plan.resolved.provider.name)}_API_KEY`;
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** A `curl` line that sends the same bytes, with `$VARIABLE` where the credential belongs. */
export function curlLine(plan: Plan, redactor: Redactor): string {
  const { headers, resolved } = plan;
  const auth = plan.adapter.auth;
  const lines = [`curl -sS -X ${plan.method} ${quoted(redactor.cut(plan.url))}`];
  for (const [name, value] of Object.entries(headers)) {
    const variable = `$COMFYVN_LLM_${envName(resolved.provider.name)}_${envName(name)}`;
    lines.push(
      isCredentialHeader(name)
        ? `-H "${name}: ${variable}"`
        : `-H ${quoted(`${name}: ${redactor.cut(value)}`)}`,
    );
  }
  if (auth && (plan.key || resolved.provider.credentials.required))
    lines.push(`-H "${auth.header.toLowerCase()}: ${auth.prefix}${variableOf(plan)}"`);
  lines.push(`--data-binary ${quoted(redactor.cut(plan.body.toString('utf8')))}`);
  return lines.join(' \\\n  ');
}

/** The plan as it is shown: secrets as `••••last4`, the hash that of the very bytes. */
export function showPlan(plan: Plan, redactor: Redactor): WirePlan {
  return {
    method: plan.method,
    url: redactor.cut(plan.url),
    headers: redactor.cutDeep(shownHeaders(plan)),
    body: redactor.cutDeep(plan.bodyObject),
    bytes: plan.body.length,
    sha256: plan.sha256,
    curl: curlLine(plan, redactor),
  };
}
