import { z } from 'zod';

const text = z.string();
const count = z.number();

/** `variable` is the environment variable that names the proxy. */
const proxy = { proxy: text, variable: text };

/** Why no reply came from a provider, by code: the values that its text contains. `origin` was called. */
export const connectionValues = {
  refused: z.object({ origin: text }),
  /** `problem` is the resolver's code, such as ENOTFOUND. */
  name_unresolved: z.object({ origin: text, problem: text }),
  connect_timeout: z.object({ origin: text, seconds: count }),
  /** Connected, but no data came for that long. */
  no_data: z.object({ origin: text, seconds: count }),
  /** No complete answer within the time of a check. */
  no_answer: z.object({ origin: text, seconds: count }),
  total_timeout: z.object({ origin: text }),
  /** `problem` is the message of the TLS library, in English. */
  tls: z.object({ origin: text, problem: text }),
  not_http: z.object({ origin: text, problem: text }),
  broken: z.object({ origin: text, problem: text }),
  /** Not called, because it failed several times in a row. */
  resting: z.object({ origin: text, failures: count, seconds: count }),
  proxy_refused: z.object(proxy),
  proxy_unresolved: z.object(proxy),
  proxy_unreachable: z.object(proxy),
  proxy_timeout: z.object(proxy),
  /** The proxy itself answered with this HTTP status. */
  proxy_status: z.object({ ...proxy, origin: text, status: count }),
  /** The variable's value is no address of a proxy; `problem` is in English. */
  proxy_unusable: z.object({ variable: text, problem: text }),
};

export type ConnectionCode = keyof typeof connectionValues;
export type ConnectionValues = { [C in ConnectionCode]: z.infer<(typeof connectionValues)[C]> };
export const connectionCodes = Object.keys(connectionValues) as [ConnectionCode, ...ConnectionCode[]];

/** A failed connection with its code and values, so that a program can translate its English message. */
export const connectionFailure = z.object({
  code: z.enum(connectionCodes),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ConnectionFailure = z.infer<typeof connectionFailure>;
