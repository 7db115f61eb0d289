import type { WirePlan } from '../../../contract/plan.ts';

/** `Bearer $NAME` as its parts: what stands before, and the variable. */
function partsOf(value: string): { before: string; variable: string } {
  const at = value.indexOf('$');
  return { before: value.slice(0, at), variable: value.slice(at + 1) };
}

function plainHeaders({ headers, credentials }: WirePlan): [string, string][] {
  return Object.entries(headers).filter(([name]) => !(name in credentials));
}

/** A text as a literal of both JavaScript and Python: JSON, whose two line breaks beyond ASCII JavaScript once forbade. */
function literal(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** The call for Node or a browser, with the key from an environment variable. The body is the very text that is sent. */
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

/** The call for Python with `httpx`, as ComfyVN's own adapters make it. */
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

/**
 * A text as PowerShell takes it word for word. A quotation mark is doubled, and so are the curved ones: PowerShell ends a
 * text at those too.
 */
export function powershellText(text: string): string {
  return `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/**
 * The call for PowerShell, the 5.1 that Windows has and newer ones. The body goes as bytes: 5.1 would send text in the
 * system's own code page, and would read the reply in Latin-1.
 */
export function powershellCode(plan: WirePlan): string {
  const plain = plainHeaders(plan).map(([name, value]) => [name.toLowerCase(), value] as const);
  // 5.1 takes these two only as parameters of their own.
  const given = ['content-type', 'user-agent'].map((name) => plain.find(([one]) => one === name)?.[1]);
  const [type = 'application/json', agent] = given;
  const headers = [
    ...plain
      .filter(([name]) => name !== 'content-type' && name !== 'user-agent')
      .map(([name, value]) => `  ${powershellText(name)} = ${powershellText(value)}`),
    ...Object.entries(plan.credentials).map(([name, value]) => {
      const { before, variable } = partsOf(value);
      return `  ${powershellText(name)} = ${powershellText(before)} + $env:${variable}`;
    }),
  ];
  const userAgent = agent === undefined ? '' : ` -UserAgent ${powershellText(agent)}`;
  return [
    `$body = [Text.Encoding]::UTF8.GetBytes(${powershellText(JSON.stringify(plan.body))})`,
    '$headers = @{',
    ...headers,
    '}',
    `$response = Invoke-WebRequest -UseBasicParsing -Method ${plan.method} -Uri ${powershellText(plan.url)} \``,
    `  -ContentType ${powershellText(type)}${userAgent} -Headers $headers -Body $body`,
    '[Text.Encoding]::UTF8.GetString($response.RawContentStream.ToArray())',
  ].join('\n');
}
