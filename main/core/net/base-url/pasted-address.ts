import type { CodedText } from '../../../../contract/coded-texts.ts';
import { codedText } from '../../lib/coded-text.ts';
import { isCredentialQuery } from '../credential-names.ts';

/** What was corrected about an address. */
export type AddressNote = CodedText<'address_note'>;

/** A pasted text as a URL, or why it is not one. `problem` never quotes the text. */
export type PastedAddress =
  | { url: URL; notes: AddressNote[] }
  | {
      problem: CodedText<'address_problem'>;
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
  const problem = codedText('address_problem', 'not_http', { meant: null }, 'is not an http or https URL');
  const ipv6 = bareIpv6.exec(text);
  if (ipv6) {
    const [, scheme = '', host = '', port] = ipv6;
    const bracketed = canBeUrl(`${scheme.toLowerCase()}//[${host}]${port ? `:${port}` : ''}`);
    const message = 'has an IPv6 address without brackets';
    if (bracketed)
      return {
        problem: codedText('address_problem', 'no_brackets', { meant: null }, message),
        suggestion: bracketed.origin,
      };
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
  const notes: AddressNote[] = [];
  const bare = withoutQuotes(pasted.replace(invisible, ''));
  if (bare !== pasted.trim())
    notes.push(
      codedText(
        'address_note',
        'surroundings_removed',
        {},
        'quotation marks, commas or invisible characters around it are removed',
      ),
    );
  const text = bare.replace(/^https?:\/*(?=https?:)/i, '');
  if (text !== bare)
    notes.push(codedText('address_note', 'scheme_twice', {}, 'its scheme was written twice'));
  if (/\s/.test(text)) {
    const message = 'is not an http or https URL: it contains white space';
    return {
      problem: codedText('address_problem', 'white_space', { meant: null }, message),
      suggestion: null,
    };
  }
  const url = /^https?:/i.test(text) ? canBeUrl(text) : null;
  if (!url) return notUrl(text);
  if (url.username || url.password) {
    const message = 'has a credential in the URL, which would be logged on its way: put it in the API key';
    return {
      problem: codedText('address_problem', 'credential_in_url', { meant: null }, message),
      suggestion: url.origin,
    };
  }
  if ([...url.searchParams.keys()].some(isCredentialQuery)) {
    const message = 'has a credential in its query, which would be logged on its way: put it in the API key';
    return {
      problem: codedText('address_problem', 'credential_in_query', { meant: null }, message),
      suggestion: url.origin,
    };
  }
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.replace(/\.+$/, '');
  const callable = everyAddress.get(url.hostname);
  if (callable) {
    const { hostname: host } = url;
    const message = `${host} means every address of a server; it is called at ${callable}`;
    notes.push(codedText('address_note', 'every_address', { host, called: callable }, message));
    url.hostname = callable;
  }
  if (url.hash || pasted.includes('#')) {
    const message = 'the part after "#" never reaches a server and is removed';
    if (url.hash) notes.push(codedText('address_note', 'fragment_removed', {}, message));
    url.hash = '';
  }
  return { url, notes };
}
