import type { Registration } from './registration.ts';
import { toRegistration } from './registration.ts';

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The same registration as an API call for a script, with `$API_KEY` in place of a key. */
export function registerLine(form: Registration, address: string, hasKey: boolean): string {
  const placeholder = crypto.randomUUID();
  const body = JSON.stringify(toRegistration(form, hasKey ? placeholder : ''), null, 2);
  return [
    `curl -X POST ${address}/api/llm/runtime/register`,
    `-H 'content-type: application/json'`,
    `-d ${quoted(body).replace(placeholder, `'"$API_KEY"'`)}`,
  ].join(' \\\n  ');
}
