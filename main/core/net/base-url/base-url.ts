import type { CodedText } from '../../../../contract/coded-texts.ts';
import type { AdapterName } from '../../../../contract/provider.ts';
import { codedText } from '../../lib/coded-text.ts';
import { isVendorHost } from '../vendor-hosts.ts';
import { readPastedAddress, type AddressNote } from './pasted-address.ts';
import { basePathOf, callPathOf } from './protocol-paths.ts';

/** A base URL below which calls can be made. */
export interface BaseUrl {
  /** Scheme, host, port and path, without a trailing slash, query or fragment. */
  base: string;
  /** Query parameters for every call, such as `api-version`. */
  query: Record<string, string>;
  /** What was corrected, worded to follow the name of the setting: `is used as …: …`; null if nothing was. */
  notice: string | null;
  /** The corrections in it. */
  notes: AddressNote[];
}

/** Why an address cannot be used, worded to follow the name of the setting. It never quotes the input. */
export interface RefusedBaseUrl {
  problem: string;
  refusal: CodedText<'address_problem'>;
}

/** The end of a message that suggests the address the user probably meant. */
const meant = (suggestion: string | null) => (suggestion ? `; did you mean ${suggestion}?` : '');

/**
 * Reads the base URL that a user wrote or pasted; used for variables, files, registrations and forms. The URL
 * of one call becomes the server's, a missing or doubled version is corrected, a query is moved behind the
 * path, and a fragment is removed. Case of scheme and host, default ports, white space and trailing slashes
 * give no notice. `docs/configuration.md`, "Addresses", says what a base URL includes.
 */
export function readBaseUrl(written: string, adapter: AdapterName): BaseUrl | RefusedBaseUrl {
  if (adapter === 'stub')
    return { base: written.trim().replace(/\/+$/, ''), query: {}, notice: null, notes: [] };
  const read = readPastedAddress(written);
  if ('problem' in read) {
    const whole = read.suggestion && readBaseUrl(read.suggestion, adapter);
    const suggestion = whole && 'base' in whole ? whole.base : null;
    const refusal = { ...read.problem, values: { meant: suggestion } };
    return { problem: read.problem.message + meant(suggestion), refusal };
  }
  const { url, notes } = read;
  if (url.protocol === 'http:' && isVendorHost(url.hostname) && !url.port) {
    url.protocol = 'https:';
    notes.push(codedText('address_note', 'encrypted', {}, 'a key must not be sent unencrypted'));
  }
  // Each call decides whether its reply is streamed.
  if (adapter === 'gemini') url.searchParams.delete('alt');
  const { path, reasons } = basePathOf(url.pathname, url.hostname, adapter);
  const base = url.origin + path;
  const all = [...notes, ...reasons];
  return {
    base,
    query: Object.fromEntries(url.searchParams),
    notice: all.length ? `is used as ${base}: ${all.map(({ message }) => message).join('; ')}` : null,
    notes: all,
  };
}

/** The base URL in written form: reading it again gives the same result. */
export function writtenBaseUrl(base: string, adapter: AdapterName): string {
  if (adapter === 'stub') return base;
  const again = readBaseUrl(base, adapter);
  return 'base' in again && again.base === base ? base : base + callPathOf(adapter);
}
