import { isCredentialQuery } from '../credential-names.ts';

/** A pasted text as a URL, or why it is not one. `problem` never quotes the text. */
export type PastedAddress =
  | { url: URL; notices: string[] }
  | {
      problem: string;
      /**
       * The address that the user probably meant. It never contains a path, query or credential of the text.
       */
      suggestion: string | null;
    };

/** Invisible characters that chat programs and web pages insert into copied text. */
const invisible = /\p{Cf}/gu;
const quotePairs: readonly [string, string][] = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['<', '>'],
  ['“', '”'],
  ['„', '“'],
  ['‘', '’'],
  ['«', '»'],
  ['「', '」'],
];

/** Removes the quotation marks and the comma that surround an address in JSON, Markdown or mail. */
function withoutQuotes(text: string): string {
  let inner = text.trim();
  for (;;) {
    const before = inner;
    inner = inner.replace(/[,;]+$/, '').trim();
    for (const [open, close] of quotePairs)
      if (inner.length > 1 && inner.startsWith(open) && inner.endsWith(close))
        inner = inner.slice(open.length, -close.length).trim();
    if (inner === before) return inner;
  }
}

/** `http://::1:1234`: without brackets, the last group of an IPv6 address cannot be told from a port. */
const bareIpv6 = /^(https?:)\/\/([0-9a-f]*:[0-9a-f:]*?:[0-9a-f.]*?)(?::(\d{4,5}))?(?:[/?#]|$)/i;
const hostAndPort =
  /^(\[[0-9a-f:.]+\]|[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?\.?)(:\d{1,5})?(?=[/?#]|$)/iu;

const canBeUrl = (text: string) => (URL.canParse(text) ? new URL(text) : null);

function schemeFor(host: string, port: string | undefined): string {
  return port || /^(localhost|\[|\d+\.\d+\.\d+\.\d+$)|\.(local|lan|home\.arpa|localhost)$/i.test(host)
    ? 'http'
    : 'https';
}

/** The address at the beginning of a text without a scheme. */
function guessed(text: string): string | null {
  const [, host, port] = hostAndPort.exec(text) ?? [];
  if (!host || (!host.includes('.') && !port && !/^(localhost$|\[)/i.test(host))) return null;
  return canBeUrl(`${schemeFor(host, port)}://${host}${port ?? ''}`)?.origin ?? null;
}

function notUrl(text: string): PastedAddress {
  const problem = 'is not an http or https URL';
  const ipv6 = bareIpv6.exec(text);
  if (ipv6) {
    const [, scheme = '', host = '', port] = ipv6;
    const bracketed = canBeUrl(`${scheme.toLowerCase()}//[${host}]${port ? `:${port}` : ''}`);
    if (bracketed) return { problem: 'has an IPv6 address without brackets', suggestion: bracketed.origin };
  }
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\d)/i.exec(text)?.[1]?.toLowerCase();
  if (scheme && scheme !== 'http' && scheme !== 'https') return { problem, suggestion: null };
  return { problem, suggestion: scheme ? null : guessed(text) };
}

/** Addresses that servers print when they listen on all interfaces; they cannot be called. */
const everyAddress = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['[::]', '[::1]'],
]);

/**
 * Reads an address as people paste it: surrounded by white space, quotation marks or invisible characters,
 * with a doubled scheme, or with a dot after the host.
 */
export function readPastedAddress(pasted: string): PastedAddress {
  const notices: string[] = [];
  const bare = withoutQuotes(pasted.replace(invisible, ''));
  if (bare !== pasted.trim())
    notices.push('quotation marks, commas or invisible characters around it are removed');
  const text = bare.replace(/^https?:\/*(?=https?:)/i, '');
  if (text !== bare) notices.push('its scheme was written twice');
  if (/\s/.test(text))
    return { problem: 'is not an http or https URL: it contains white space', suggestion: null };
  const url = /^https?:/i.test(text) ? canBeUrl(text) : null;
  if (!url) return notUrl(text);
  if (url.username || url.password)
    return {
      problem: 'has a credential in the URL, which would be logged on its way: put it in the API key',
      suggestion: url.origin,
    };
  if ([...url.searchParams.keys()].some(isCredentialQuery))
    return {
      problem: 'has a credential in its query, which would be logged on its way: put it in the API key',
      suggestion: url.origin,
    };
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.replace(/\.+$/, '');
  const callable = everyAddress.get(url.hostname);
  if (callable) {
    notices.push(`${url.hostname} means every address of a server; it is called at ${callable}`);
    url.hostname = callable;
  }
  if (url.hash || pasted.includes('#')) {
    if (url.hash) notices.push('the part after "#" never reaches a server and is removed');
    url.hash = '';
  }
  return { url, notices };
}
