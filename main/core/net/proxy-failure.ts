import type { Proxy } from './proxies.ts';
import { TransportError } from './transport-error.ts';

/** `upstream_code` of a call that a proxy rejected: nothing reached the provider. */
const proxyRefused = 'proxy_refused';

/** The error for a proxy that is configured but cannot be read: the call must not bypass it. */
export function proxyUnusable({ variable, problem }: { variable: string; problem: string }): TransportError {
  return new TransportError('provider_unreachable', `${variable} ${problem}`, {
    upstreamCode: proxyRefused,
    hint: `set ${variable} to http://host:port, or name the provider's host in NO_PROXY`,
  });
}

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
        retryable: status >= 500,
        hint:
          status === 407
            ? `it requires a name and a password: put them into ${variable}`
            : `${variable} names it`,
      },
    );
  const reasons: Partial<Record<string, string>> = {
    ECONNREFUSED: 'refused the connection',
    ENOTFOUND: 'cannot be resolved',
    EAI_AGAIN: 'cannot be resolved',
    EHOSTUNREACH: 'cannot be reached',
    ENETUNREACH: 'cannot be reached',
    UND_ERR_CONNECT_TIMEOUT: 'did not accept the connection within 5 s',
  };
  const reason = reasons[code];
  if (!reason) return error;
  return new TransportError('provider_unreachable', `the proxy ${host} ${reason}`, {
    upstreamCode: code,
    retryable: true,
    hint: `${variable} sets this proxy; NO_PROXY lists hosts that are called without it`,
  });
}
