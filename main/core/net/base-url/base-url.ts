import type { AdapterName } from '../../../../contract/provider.ts';
import { isVendorHost } from '../vendor-hosts.ts';
import { readPastedAddress } from './pasted-address.ts';
import { basePathOf, callPathOf } from './protocol-paths.ts';

/** A base URL that calls can be made below. */
export interface BaseUrl {
  /** Scheme, host, port and path; without a slash at its end, a query or a fragment. */
  base: string;
  /** What goes behind the path of every call: `api-version`, say. */
  query: Record<string, string>;
  /** What was put right, to be read after the name of its place: `is used as …: …`; null for an address as it should be. */
  notice: string | null;
}

/** Why an address cannot be used, to be read after the name of its place. Nothing of what was written is in it. */
export interface RefusedBaseUrl {
  problem: string;
}

/** Ends of sentences that name the address which is probably meant. */
const meant = (suggestion: string | null) => (suggestion ? `; did you mean ${suggestion}?` : '');

/**
 * The base URL that is meant by what a person wrote or pasted, for a variable, a file, a registration and a form alike:
 * the address of one call becomes that of the server, a missing or doubled version is put right, a query goes behind the
 * path, a fragment goes away. Case of scheme and host, default ports, white space and slashes at the end say nothing and
 * make no notice. What a base URL includes: `docs/configuration.md`, "Addresses".
 */
export function readBaseUrl(written: string, adapter: AdapterName): BaseUrl | RefusedBaseUrl {
  if (adapter === 'stub') return { base: written.trim().replace(/\/+$/, ''), query: {}, notice: null };
  const read = readPastedAddress(written);
  if ('problem' in read) {
    const whole = read.suggestion && readBaseUrl(read.suggestion, adapter);
    return { problem: read.problem + meant(whole && 'base' in whole ? whole.base : null) };
  }
  const { url, notices } = read;
  if (url.protocol === 'http:' && isVendorHost(url.hostname) && !url.port) {
    url.protocol = 'https:';
    notices.push('a key must not travel unencrypted');
  }
  // Whether a reply comes piece by piece is for each call to say.
  if (adapter === 'gemini') url.searchParams.delete('alt');
  const { path, reasons } = basePathOf(url.pathname, url.hostname, adapter);
  const base = url.origin + path;
  const all = [...notices, ...reasons];
  return {
    base,
    query: Object.fromEntries(url.searchParams),
    notice: all.length ? `is used as ${base}: ${all.join('; ')}` : null,
  };
}

/** The base URL as it has to be written down, so that reading it gives the same again. */
export function writtenBaseUrl(base: string, adapter: AdapterName): string {
  if (adapter === 'stub') return base;
  const again = readBaseUrl(base, adapter);
  return 'base' in again && again.base === base ? base : base + callPathOf(adapter);
}
