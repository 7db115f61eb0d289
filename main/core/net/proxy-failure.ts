import type { Proxy } from './proxies.ts';
import { connectionOf, connectSeconds, TransportError } from './transport-error.ts';

type ProxyCode = 'proxy_refused' | 'proxy_unresolved' | 'proxy_unreachable' | 'proxy_timeout';

/** `upstream_code` of a call that a proxy rejected: nothing reached the provider. */
const proxyRefused = 'proxy_refused';

/** The error for a proxy that is configured but cannot be read: the call must not bypass it. */
export function proxyUnusable({ variable, problem }: { variable: string; problem: string }): TransportError {
  return new TransportError('provider_unreachable', `${variable} ${problem}`, {
    upstreamCode: proxyRefused,
    ...connectionOf('proxy_unusable', { variable, problem }),
    hint: `set ${variable} to http://host:port, or name the provider's host in NO_PROXY`,
  });
}

const connectionFailures: Partial<Record<string, readonly [ProxyCode, reason: string]>> = {
  ECONNREFUSED: ['proxy_refused', 'refused the connection'],
  ENOTFOUND: ['proxy_unresolved', 'cannot be resolved'],
  EAI_AGAIN: ['proxy_unresolved', 'cannot be resolved'],
  EHOSTUNREACH: ['proxy_unreachable', 'cannot be reached'],
  ENETUNREACH: ['proxy_unreachable', 'cannot be reached'],
  UND_ERR_CONNECT_TIMEOUT: ['proxy_timeout', `did not accept the connection within ${connectSeconds} s`],
};

/** A proxy's failure with the proxy's name; any other error unchanged. */
export function proxyFailure(error: Error, { host, variable }: Proxy, origin: string): Error {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const status = Number(/Proxy response \((\d+)\)/.exec(message)?.[1] ?? 0);
  if (status)
    return new TransportError(
      'provider_unreachable',
      `the proxy ${host} answered HTTP ${status} for ${origin}`,
      {
        upstreamCode: proxyRefused,
        ...connectionOf('proxy_status', { proxy: host, variable, origin, status }),
        retryable: status >= 500,
        hint:
          status === 407
            ? `it requires a name and a password: put them into ${variable}`
            : `${variable} names it`,
      },
    );
  const failure = connectionFailures[code];
  if (!failure) return error;
  const [what, reason] = failure;
  return new TransportError('provider_unreachable', `the proxy ${host} ${reason}`, {
    upstreamCode: code,
    ...connectionOf(what, { proxy: host, variable }),
    retryable: true,
    hint: `${variable} sets this proxy; NO_PROXY lists hosts that are called without it`,
  });
}
