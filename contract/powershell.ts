/** A request to write down for a person, without its secrets. */
export interface WrittenRequest {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  /** By header: its value with the variable that holds the secret, as `Bearer $NAME`. */
  credentials: Readonly<Record<string, string>>;
  /** As it is sent; undefined for none. */
  body?: string | undefined;
}

/**
 * A text as PowerShell takes it word for word. A quotation mark is doubled, and so are the curved ones: PowerShell ends a
 * text at those too.
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
 * The request for PowerShell, the 5.1 that Windows has and newer ones. The body goes as bytes, and the reply is read from
 * its bytes: 5.1 would send text in the system's own code page, and would read the reply in Latin-1.
 */
export function powershellRequest(request: WrittenRequest): string {
  const { method, url, headers, body } = request;
  // 5.1 takes these two only as parameters of their own.
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
