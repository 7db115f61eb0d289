import { BlockList, isIP } from 'node:net';
import { AppError } from '../lib/app-error.ts';
import { isLoopback } from './origin.ts';

// Link-local ranges, and cloud metadata services outside them.
const refused = new BlockList();
refused.addSubnet('169.254.0.0', 16, 'ipv4');
refused.addSubnet('0.0.0.0', 8, 'ipv4');
refused.addAddress('100.100.100.200', 'ipv4');
refused.addAddress('192.0.0.192', 'ipv4');
refused.addSubnet('fe80::', 10, 'ipv6');
refused.addAddress('fd00:ec2::254', 'ipv6');
refused.addAddress('::', 'ipv6');
const metadataNames = /^(metadata|metadata\.google\.internal|metadata\.goog|instance-data)\.?$/i;

/** True for an address that no provider can have: link-local, metadata or unspecified. */
export function isRefusedAddress(address: string): boolean {
  const family = isIP(address);
  if (!family) return false;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return refused.check(mapped, 'ipv4');
  return refused.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Checks the URL of an outgoing call. Host names are checked again when they are resolved.
 * @throws AppError `unsafe_address`, or `loop_detected` for our own port
 */
export function checkedUrl(text: string, ownPort: number | null): URL {
  const known = checked.get(text);
  const address = known ?? checkedAddress(text);
  if (!known) {
    if (checked.size >= maxChecked) checked.clear();
    checked.set(text, address);
  }
  const { url, port, loopback } = address;
  if (ownPort !== null && port === ownPort && loopback)
    throw new AppError('loop_detected', `${url.origin} is this server: the call would come back to us`);
  return url;
}

interface Checked {
  url: URL;
  port: number;
  loopback: boolean;
}

/** Caches accepted addresses, because nearly every call goes to one that was checked before. */
const checked = new Map<string, Checked>();
const maxChecked = 200;

function checkedAddress(text: string): Checked {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new AppError('unsafe_address', `"${text}" is not a URL; set the provider's base URL`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new AppError('unsafe_address', `only http and https addresses are called, not ${url.protocol}`);
  if (url.username || url.password)
    throw new AppError(
      'unsafe_address',
      'a credential in a URL would be logged on its way: put it in the API key',
    );
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (metadataNames.test(host) || isRefusedAddress(host))
    throw new AppError(
      'unsafe_address',
      `${host} is a link-local or metadata address; no provider is called there`,
    );
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  return { url, port, loopback: isLoopback(url.hostname) };
}
