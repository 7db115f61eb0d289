import { BlockList, isIP } from 'node:net';
import type { Env } from '../lib/host/ports.ts';

/** One of the system's proxies. */
export interface Proxy {
  /** The address with its credentials; only `host` is displayed. */
  url: string;
  /** Host and port. */
  host: string;
  /** The environment variable that names it. */
  variable: string;
}

interface Bypass {
  host: string;
  /** 0 means every port. */
  port: number;
}

/** The proxies from the environment variables. */
export interface Proxies {
  http: Proxy | null;
  https: Proxy | null;
  /** Variables whose proxy cannot be used; calls that would need one of them fail. */
  problems: { variable: string; problem: string }[];
  /** Passwords in the addresses, for redaction in logs. */
  secrets: string[];
  bypass: { all: boolean; hosts: Bypass[]; ranges: BlockList };
}

const defaultPort = (protocol: string) => (protocol === 'https:' ? 443 : 80);

function readProxy(name: string, env: Env, out: Proxies): Proxy | null {
  // Lower case takes precedence, as in curl and undici.
  const variable = [name.toLowerCase(), name].find((each) => env[each]?.trim());
  const text = variable && env[variable]?.trim();
  if (!variable || !text) return null;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol) || !url.hostname) {
    out.problems.push({ variable, problem: 'is not the address of an http or https proxy' });
    return null;
  }
  const decoded = [url.username, url.password].map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  if (url.password)
    out.secrets.push(url.password, decoded[1] ?? '', Buffer.from(decoded.join(':')).toString('base64'));
  const host = `${url.hostname}:${url.port || defaultPort(url.protocol)}`;
  return {
    url: `${url.protocol}//${url.username ? `${url.username}:${url.password}@` : ''}${host}`,
    host,
    variable,
  };
}

function readBypass(text: string, { bypass }: Proxies): void {
  for (const entry of text.split(/[,\s]+/).filter(Boolean)) {
    const range = /^([0-9a-f:.]+)\/(\d{1,3})$/i.exec(entry);
    const family = range && isIP(range[1] ?? '');
    if (entry === '*') bypass.all = true;
    else if (range && family && Number(range[2]) <= (family === 6 ? 128 : 32))
      bypass.ranges.addSubnet(range[1] ?? '', Number(range[2]), family === 6 ? 'ipv6' : 'ipv4');
    else {
      const [, host = entry, port] = isIP(entry) === 6 ? [] : (/^(.+):(\d+)$/.exec(entry) ?? []);
      const bare = host
        .replace(/^\*?\./, '')
        .replace(/^\[|\]$/g, '')
        .replace(/\.$/, '')
        .toLowerCase();
      bypass.hosts.push({ host: bare, port: Number(port ?? 0) });
    }
  }
}

/**
 * Reads `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, in upper or lower case. Without `HTTPS_PROXY`,
 * `HTTP_PROXY` serves https too. `NO_PROXY` accepts hosts (including their subdomains), `host:port`,
 * addresses, ranges (`10.0.0.0/8`) and `*`.
 */
export function readProxies(env: Env): Proxies {
  const bypass = { all: false, hosts: [], ranges: new BlockList() };
  const out: Proxies = { http: null, https: null, problems: [], secrets: [], bypass };
  out.http = readProxy('HTTP_PROXY', env, out);
  out.https = readProxy('HTTPS_PROXY', env, out);
  readBypass(env['no_proxy'] ?? env['NO_PROXY'] ?? '', out);
  return out;
}

function isBypassed({ bypass }: Proxies, { hostname, port, protocol }: URL): boolean {
  if (bypass.all) return true;
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const family = isIP(host);
  if (family && bypass.ranges.check(host, family === 6 ? 'ipv6' : 'ipv4')) return true;
  const number = Number(port) || defaultPort(protocol);
  return bypass.hosts.some(
    (entry) =>
      (entry.port === 0 || entry.port === number) && (host === entry.host || host.endsWith(`.${entry.host}`)),
  );
}

/** The proxy for calls to this address; null for none; `problem` if its variable cannot be read. */
export function proxyFor(proxies: Proxies, url: URL): Proxy | { variable: string; problem: string } | null {
  const { http, https, problems } = proxies;
  if (!http && !https && !problems.length) return null;
  if (isBypassed(proxies, url)) return null;
  const broken = (name: string) => problems.find(({ variable }) => variable.toUpperCase() === name);
  if (url.protocol === 'https:')
    return https ?? broken('HTTPS_PROXY') ?? http ?? broken('HTTP_PROXY') ?? null;
  return http ?? broken('HTTP_PROXY') ?? null;
}
