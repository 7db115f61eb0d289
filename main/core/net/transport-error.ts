import type {
  ConnectionCode,
  ConnectionFailure,
  ConnectionValues,
} from '../../../contract/connection-failure.ts';
import type { ProviderErrorCode } from '../../../contract/errors.ts';

/** One failed attempt: what happened on the wire, with the provider's message if there is one. */
export class TransportError extends Error {
  readonly code: ProviderErrorCode;
  status: number | null = null;
  upstreamCode: string | null = null;
  /** The provider's body as received, truncated to 4,000 characters. */
  body: string | undefined;
  retryAfterMs: number | undefined;
  /** Our own advice, in addition to the provider's message. */
  hint: string | undefined;
  /** The code and values of our own message, if no reply came. */
  connection: ConnectionFailure | undefined;
  /** False if a retry cannot help. */
  retryable = false;

  constructor(
    code: ProviderErrorCode,
    message: string,
    more: Partial<Omit<TransportError, 'code' | 'name' | 'message'>> = {},
  ) {
    super(message);
    this.name = 'TransportError';
    this.code = code;
    Object.assign(this, more);
  }
}

/** The `connection` of an error: the code of its message, with the values in it. */
export function connectionOf<C extends ConnectionCode>(
  code: C,
  values: ConnectionValues[C],
): { connection: ConnectionFailure } {
  return { connection: { code, values } };
}

/** The transport's limit for opening a connection. */
export const connectSeconds = 5;

const refusedHint = 'nothing is listening there: is the server started, and is this its port?';

/** Converts a socket error to a failure: refused, DNS, TLS, time-out or reset. */
export function socketFailure(error: unknown, origin: string, timeoutMs: number): TransportError {
  if (error instanceof TransportError) return error;
  const cause = error as NodeJS.ErrnoException & {
    cause?: NodeJS.ErrnoException;
    errors?: NodeJS.ErrnoException[];
  };
  const code = cause.code ?? cause.cause?.code ?? cause.errors?.[0]?.code ?? '';
  const message = cause.message || cause.errors?.[0]?.message || code;
  const more = { upstreamCode: code || null, retryable: true };
  if (code === 'ECONNREFUSED')
    return new TransportError('provider_unreachable', `connection refused by ${origin}`, {
      ...more,
      ...connectionOf('refused', { origin }),
      hint: refusedHint,
    });
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new TransportError('provider_unreachable', `the name in ${origin} cannot be resolved (${code})`, {
      ...more,
      ...connectionOf('name_unresolved', { origin, problem: code }),
      hint: 'check the base URL and the network',
    });
  if (code === 'EADDRREFUSED')
    return new TransportError('provider_unreachable', message, { ...more, retryable: false });
  if (code === 'UND_ERR_CONNECT_TIMEOUT')
    return new TransportError(
      'provider_unreachable',
      `${origin} did not accept the connection within ${connectSeconds} s`,
      { ...more, ...connectionOf('connect_timeout', { origin, seconds: connectSeconds }) },
    );
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    const hint =
      "raise the provider's timeout (COMFYVN_LLM_<PROVIDER>_TIMEOUT, in seconds) if its model needs longer";
    const seconds = timeoutMs / 1000;
    return new TransportError('provider_timeout', `${origin} sent nothing for ${seconds} s`, {
      ...more,
      ...connectionOf('no_data', { origin, seconds }),
      hint,
      retryable: false,
    });
  }
  if (/CERT|TLS|SSL|UNABLE_TO_VERIFY|SELF_SIGNED/.test(code))
    return new TransportError('provider_unreachable', `TLS: ${message}`, {
      ...more,
      ...connectionOf('tls', { origin, problem: message }),
      retryable: false,
    });
  if (cause.name === 'HTTPParserError' || /^HPE_|UND_ERR_(RES|HEADERS_OVERFLOW)/.test(code))
    return new TransportError('provider_bad_reply', `not a valid HTTP reply: ${message}`, {
      ...more,
      ...connectionOf('not_http', { origin, problem: message }),
    });
  return new TransportError('provider_interrupted', `the connection to ${origin} broke: ${message}`, {
    ...more,
    ...connectionOf('broken', { origin, problem: message }),
  });
}
