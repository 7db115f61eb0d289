import { timingSafeEqual, createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { ErrorCode } from '../../contract/errors.ts';
import type { Access } from './access.ts';
import type { TokenLockout } from './token-lockout.ts';

export interface Refusal {
  code: ErrorCode;
  message: string;
}

export interface Caller {
  method: string;
  path: string;
  /** Every Host header; a request with several is rejected. */
  hosts: string[];
  headers: IncomingHttpHeaders;
  address: string;
  /** The port on which the connection arrived. */
  port: number;
}

export const isPreflight = ({ method, headers }: Pick<Caller, 'method' | 'headers'>) =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

function ownName({ host }: Access): string {
  return (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host).toLowerCase();
}

function hostAllowed(access: Access, caller: Caller): boolean {
  const host = caller.hosts[0]?.toLowerCase();
  if (!host || caller.hosts.length > 1) return false;
  const end = `:${caller.port}`;
  const name = host.endsWith(end) ? host.slice(0, -end.length) : caller.port === 80 ? host : undefined;
  if (name !== undefined && (loopbackNames.includes(name) || name === ownName(access))) return true;
  return access.allowedHosts.includes(host);
}

/** Our own origin is the scheme, host and port on which the request arrived. */
function originAllowed(access: Access, caller: Caller): boolean {
  const { origin, host } = caller.headers;
  if (origin !== undefined) {
    const name = origin.toLowerCase();
    return name === `http://${host?.toLowerCase()}` || access.allowedOrigins.includes(name);
  }
  const site = caller.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** True for another origin's page that COMFYVN_LLM_ALLOWED_ORIGINS lists. */
export function isGuest(access: Access, { headers }: Pick<Caller, 'headers'>): boolean {
  const { origin, host } = headers;
  return (
    origin !== undefined &&
    origin !== `http://${host}` &&
    access.allowedOrigins.includes(origin.toLowerCase())
  );
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compares in constant time, for any lengths. */
const isSame = (candidate: string, token: string) => timingSafeEqual(digest(candidate), digest(token));

/** Headers that contain a bare key: Anthropic's and Google's clients support nothing else. */
export const keyHeaders = ['x-api-key', 'x-goog-api-key'] as const;

/** The tokens in a request, from any header that clients use for keys. Query strings are ignored. */
function givenTokens(headers: IncomingHttpHeaders): string[] {
  const { authorization } = headers;
  const bearer = authorization === undefined ? [] : [/^Bearer (.+)$/i.exec(authorization)?.[1] ?? ''];
  return [...bearer, ...keyHeaders.flatMap((name) => headers[name] ?? [])];
}

function neededToken(access: Access, path: string): string | null {
  if (path.startsWith('/rpc/')) return access.panelToken;
  return access.token;
}

/**
 * Routes without a token: the health check, the panel's files, which contain no data, and the live hook,
 * which has its own token.
 */
const isOpen = (path: string, isShell: (path: string) => boolean) =>
  path === '/health' || path.startsWith('/hooks/') || isShell(path);

/**
 * Runs before anything else is done with a request. Checks Host (DNS rebinding), Origin (hostile pages) and
 * the token. Returns null if the request may continue.
 */
export function guard(
  access: Access,
  lockout: TokenLockout,
  caller: Caller,
  isShell: (path: string) => boolean,
): Refusal | null {
  if (!hostAllowed(access, caller))
    return {
      code: 'forbidden_host',
      message: 'this Host is not served here; COMFYVN_LLM_ALLOWED_HOSTS can name it',
    };
  if (!originAllowed(access, caller))
    return {
      code: 'forbidden_origin',
      message: 'pages of other origins may not call; COMFYVN_LLM_ALLOWED_ORIGINS can name one',
    };
  // A browser's preflight request has no credentials.
  if (isPreflight(caller) && isGuest(access, caller)) return null;
  const token = neededToken(access, caller.path);
  if (token === null || isOpen(caller.path, isShell)) return null;
  if (lockout.isLocked(caller.address))
    return { code: 'too_many_attempts', message: 'too many wrong tokens from this address: wait a minute' };
  const candidates = givenTokens(caller.headers);
  if (candidates.some((one) => isSame(one, token))) return null;
  // A missing token is not a guess. Counting it would let an old bookmark lock out a valid token.
  for (const _guess of candidates) lockout.failed(caller.address);
  return { code: 'token_required', message: 'send Authorization: Bearer with the token of this server' };
}
