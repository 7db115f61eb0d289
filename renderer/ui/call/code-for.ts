import type { WirePlan } from '../../../contract/plan.ts';
import { powershellRequest } from '../../../contract/powershell.ts';

/** Splits `Bearer $NAME` into the prefix and the variable. */
function partsOf(value: string): { before: string; variable: string } {
  const at = value.indexOf('$');
  return { before: value.slice(0, at), variable: value.slice(at + 1) };
}

function plainHeaders({ headers, credentials }: WirePlan): [string, string][] {
  return Object.entries(headers).filter(([name]) => !(name in credentials));
}

/**
 * A string literal that is valid in both JavaScript and Python: JSON, with the two line separators that older
 * JavaScript did not allow escaped.
 */
function literal(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** The call for Node or a browser, with the key from an environment variable and the exact body. */
export function fetchCode(plan: WirePlan): string {
  const headers = [
    ...plainHeaders(plan).map(([name, value]) => `    ${literal(name)}: ${literal(value)},`),
    ...Object.entries(plan.credentials).map(([name, value]) => {
      const { before, variable } = partsOf(value);
      return `    ${literal(name)}: ${literal(before)} + process.env.${variable},`;
    }),
  ];
  return [
    `const response = await fetch(${literal(plan.url)}, {`,
    `  method: ${literal(plan.method)},`,
    '  headers: {',
    ...headers,
    '  },',
    `  body: ${literal(JSON.stringify(plan.body))},`,
    '});',
    'console.log(await response.text());',
  ].join('\n');
}

/** The call for Python with `httpx`, which ComfyVN's own adapters use. */
export function pythonCode(plan: WirePlan): string {
  const headers = [
    ...plainHeaders(plan).map(([name, value]) => `    ${literal(name)}: ${literal(value)},`),
    ...Object.entries(plan.credentials).map(([name, value]) => {
      const { before, variable } = partsOf(value);
      return `    ${literal(name)}: ${literal(before)} + os.environ[${literal(variable)}],`;
    }),
  ];
  return [
    'import os',
    'import httpx',
    '',
    `body = ${literal(JSON.stringify(plan.body))}`,
    'headers = {',
    ...headers,
    '}',
    `response = httpx.request(${literal(plan.method)}, ${literal(plan.url)}, headers=headers, content=body.encode("utf-8"))`,
    'print(response.text)',
  ].join('\n');
}

/** The call for PowerShell. */
export function powershellCode({ method, url, headers, credentials, body }: WirePlan): string {
  return powershellRequest({ method, url, headers, credentials, body: JSON.stringify(body) });
}
