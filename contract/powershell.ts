/** A request to show to a user, without its secrets. */
export interface WrittenRequest {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  /** By header: its value with the variable for the secret, such as `Bearer $NAME`. */
  credentials: Readonly<Record<string, string>>;
  /** The exact body; undefined for none. */
  body?: string | undefined;
}

/**
 * Quotes a text literally for PowerShell. Quotation marks are doubled, including curly ones, because
 * PowerShell also ends a string at those.
 */
export function powershellText(text: string): string {
  return `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

function headerLines({ headers, credentials }: WrittenRequest): string[] {
  const written = (name: string) =>
    name in credentials || ['content-type', 'user-agent'].includes(name.toLowerCase());
  const plain = Object.entries(headers)
    .filter(([name]) => !written(name))
    .map(([name, value]) => `  ${powershellText(name)} = ${powershellText(value)}`);
  const secret = Object.entries(credentials).map(([name, value]) => {
    const at = value.indexOf('$');
    return `  ${powershellText(name)} = ${powershellText(value.slice(0, at))} + $env:${value.slice(at + 1)}`;
  });
  return [...plain, ...secret];
}

/**
 * A PowerShell command for the request, for version 5.1, which comes with Windows, and newer. The body is
 * sent as bytes and the reply decoded from bytes: 5.1 would send text in the system's code page, and decode
 * the reply as Latin-1.
 */
export function powershellRequest(request: WrittenRequest): string {
  const { method, url, headers, body } = request;
  // Version 5.1 accepts these two only as separate parameters.
  const given = (wanted: string) =>
    Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1];
  const agent = given('user-agent');
  const lines = headerLines(request);
  const parameters = [
    ...(body === undefined
      ? []
      : [`-ContentType ${powershellText(given('content-type') ?? 'application/json')}`]),
    ...(agent === undefined ? [] : [`-UserAgent ${powershellText(agent)}`]),
    ...(lines.length > 0 ? ['-Headers $headers'] : []),
    ...(body === undefined ? [] : ['-Body $body']),
  ].join(' ');
  const call = `$response = Invoke-WebRequest -UseBasicParsing -Method ${method} -Uri ${powershellText(url)}`;
  return [
    ...(body === undefined ? [] : [`$body = [Text.Encoding]::UTF8.GetBytes(${powershellText(body)})`]),
    ...(lines.length > 0 ? ['$headers = @{', ...lines, '}'] : []),
    ...(parameters === '' ? [call] : [`${call} \``, `  ${parameters}`]),
    '[Text.Encoding]::UTF8.GetString($response.RawContentStream.ToArray())',
  ].join('\n');
}
