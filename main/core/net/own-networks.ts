import { BlockList, isIP } from 'node:net';
import type { CodedText } from '../../../contract/coded-texts.ts';
import { codedText } from '../lib/coded-text.ts';
import { isLoopback, originOf } from './origin.ts';
import { isVendorHost } from './vendor-hosts.ts';

/** RFC 1918 and unique local IPv6 addresses (RFC 4193), which are not used on the public internet. */
const privateRanges: readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'][] = [
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['fc00::', 7, 'ipv6'],
];
const privateList = new BlockList();
for (const [network, prefix, family] of privateRanges) privateList.addSubnet(network, prefix, family);
const loopbackList = new BlockList();
loopbackList.addSubnet('127.0.0.0', 8, 'ipv4');
loopbackList.addAddress('::1', 'ipv6');

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** True for an address of a home or office network, or of this machine. */
export function isPrivateAddress(address: string): boolean {
  if (!isIP(address)) return false;
  const family = familyOf(address);
  return privateList.check(address, family) || loopbackList.check(address, family);
}

const withoutBrackets = (hostname: string) => hostname.replace(/^\[|\]$/g, '');

/**
 * Why an entry cannot be one of the user's own networks, or null if it can. A name is checked again when it
 * is resolved.
 */
export function ownNetworkProblem(entry: string): string | null {
  const read = readEntry(entry);
  return 'message' in read ? read.message : null;
}

type Entry =
  | { kind: 'origin'; origin: string }
  | { kind: 'host'; host: string }
  | { kind: 'range'; network: string; prefix: number };

type Refused = CodedText<'network_problem'>;

function readRange(network: string, prefix: number): Entry | Refused {
  const v6 = isIP(network) === 6;
  const inside = privateRanges.some(
    ([, least, family]) => family === (v6 ? 'ipv6' : 'ipv4') && prefix >= least,
  );
  if (!isIP(network) || prefix > (v6 ? 128 : 32))
    return codedText('network_problem', 'not_range', {}, 'is not an address range');
  if (!inside || !privateList.check(network, familyOf(network))) {
    const ranges = privateRanges.map(([address, length]) => `${address}/${length}`).join(', ');
    const message = `is not within the private ranges (${ranges})`;
    return codedText('network_problem', 'outside_private_ranges', { ranges }, message);
  }
  return { kind: 'range', network, prefix };
}

function readEntry(text: string): Entry | Refused {
  const range = /^([0-9a-f:.]+)\/(\d{1,3})$/i.exec(text);
  if (range) return readRange(range[1] ?? '', Number(range[2]));
  const isUrl = /^https?:\/\//i.test(text);
  const address = isIP(text) === 6 ? `[${text}]` : text;
  const url = URL.canParse(isUrl ? text : `http://${address}`)
    ? new URL(isUrl ? text : `http://${address}`)
    : null;
  if (!url || url.username || url.password || /[\s@]/.test(text)) {
    const message = 'is neither an origin (http://192.168.1.20:1234), a host nor a range (192.168.1.0/24)';
    return codedText('network_problem', 'not_network', {}, message);
  }
  const host = withoutBrackets(url.hostname).replace(/\.$/, '');
  if (isIP(host) && !isPrivateAddress(host)) {
    const message = 'is a public address, which cannot be your own network';
    return codedText('network_problem', 'public_address', {}, message);
  }
  if (isVendorHost(host))
    return codedText('network_problem', 'vendor_host', {}, 'is a vendor’s host, whatever network it is in');
  if (isUrl) return { kind: 'origin', origin: url.origin };
  if (url.port) return { kind: 'origin', origin: url.origin };
  return { kind: 'host', host };
}

/**
 * The networks that the user marked as their own. Providers there count as local, like those on this machine.
 */
export class OwnNetworks {
  readonly #origins = new Set<string>();
  readonly #hosts = new Set<string>();
  readonly #ranges = new BlockList();
  /** Invalid entries, each with the reason. */
  readonly problems: { entry: string; problem: string; refused: Refused }[] = [];

  /** @param entries origins, hosts (for every port) and ranges, as written */
  constructor(entries: Iterable<string>) {
    for (const entry of entries) {
      const read = readEntry(entry.trim());
      if ('message' in read) this.problems.push({ entry, problem: read.message, refused: read });
      else if (read.kind === 'origin') this.#origins.add(read.origin);
      else if (read.kind === 'host') this.#hosts.add(read.host.toLowerCase());
      else this.#ranges.addSubnet(read.network, read.prefix, familyOf(read.network));
    }
  }

  /**
   * True for a URL at a marked origin, host or range. Whether a name is really private shows when it is
   * resolved.
   */
  has(url: string): boolean {
    const origin = originOf(url);
    if (origin === null) return false;
    if (this.#origins.has(origin)) return true;
    const host = withoutBrackets(new URL(origin).hostname);
    return this.#hosts.has(host) || (isIP(host) !== 0 && this.#ranges.check(host, familyOf(host)));
  }

  /** True for this machine and for marked networks: they need no flag and use no proxy. */
  isHome(url: string): boolean {
    const origin = originOf(url);
    return origin !== null && (isLoopback(new URL(origin).hostname) || this.has(url));
  }
}

export const ownNetworksVariable = 'COMFYVN_LLM_OWN_NETWORKS';

/** The entries of `COMFYVN_LLM_OWN_NETWORKS`, separated by commas or white space. */
export function ownNetworkEntries(text: string | undefined): string[] {
  return (text ?? '').split(/[,\s]+/).filter(Boolean);
}
