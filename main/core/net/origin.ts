import { isIPv4 } from 'node:net';

const loopbackName = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/i;

/** True for loopback names and addresses. */
export function isLoopback(hostname: string): boolean {
  return loopbackName.test(hostname) || hostname.toLowerCase().endsWith('.localhost');
}

/** True for addresses of a home or office network (RFC 1918, unique local IPv6, `.local`). */
export function isPrivate(hostname: string): boolean {
  return (
    (isIPv4(hostname) && /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(hostname)) ||
    /^\[?f[cd][0-9a-f]{2}:/i.test(hostname) ||
    /\.(local|lan|home\.arpa)$/i.test(hostname)
  );
}

const origins = new Map<string, string | null>();
const maxOrigins = 500;

function readOrigin(url: string): string | null {
  try {
    const parsed = new URL(url);
    return parsed.origin === 'null' ? null : parsed.origin;
  } catch {
    return null;
  }
}

/**
 * Scheme, host and port of a URL, or null if it is not a URL. Cached, because every call needs its provider's
 * origin.
 */
export function originOf(url: string): string | null {
  const known = origins.get(url);
  if (known !== undefined) return known;
  if (origins.size >= maxOrigins) origins.clear();
  const origin = readOrigin(url);
  origins.set(url, origin);
  return origin;
}

export function hostnameOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}
