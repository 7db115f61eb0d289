import { chatOptions, featuresOn } from './chat-core.ts';
import { pieces, whole } from './provider-replies.ts';
import { startProvider, type Exchange, type ProviderUpstream, type Reply } from './provider-upstream.ts';
import { protocols, type Protocol } from './protocols.ts';
import { testCore, type TestCore, type TestCoreOptions } from './test-core.ts';

const { openAi, anthropic, gemini } = protocols;

/** Keys of a pool, which must appear nowhere except in one header. */
export const pooledKeys = ['pool-A-Zq81kTw5-aaa1', 'pool-B-m2Vx7Lr9-bbb2', 'pool-C-t6Jw3Np4-ccc3'] as const;

/** How a vendor refuses a key, in its own error format, with the key repeated. */
const refusals = new Map<Protocol, (key: string) => Reply>([
  [
    openAi,
    (key) =>
      whole(
        {
          error: {
            message: `Incorrect API key provided: ${key}.`,
            type: 'invalid_request_error',
            code: 'invalid_api_key',
          },
        },
        401,
      ),
  ],
  [
    anthropic,
    (key) =>
      whole(
        { type: 'error', error: { type: 'authentication_error', message: `invalid x-api-key ${key}` } },
        401,
      ),
  ],
  [
    gemini,
    (key) =>
      whole(
        {
          error: {
            code: 400,
            message: `API key not valid. Please pass a valid API key. ${key}`,
            status: 'INVALID_ARGUMENT',
            details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }],
          },
        },
        400,
      ),
  ],
]);

const limits = new Map<Protocol, unknown>([
  [openAi, { error: { message: 'Rate limit reached', type: 'requests', code: 'rate_limit_exceeded' } }],
  [anthropic, { type: 'error', error: { type: 'rate_limit_error', message: 'Rate limit reached' } }],
  [gemini, { error: { code: 429, message: 'Rate limit reached', status: 'RESOURCE_EXHAUSTED' } }],
]);

/** The three protocols with their own kinds of keys. */
export const keyedProtocols = [openAi, anthropic, gemini];

export const refused = (protocol: Protocol, key: string): Reply => refusals.get(protocol)!(key);

/** @param seconds the value of `Retry-After`; undefined omits it */
export const limited = (protocol: Protocol, seconds?: number): Reply =>
  whole(limits.get(protocol), 429, seconds === undefined ? {} : { 'retry-after': String(seconds) });

export interface KeyedUpstream {
  upstream: ProviderUpstream;
  /** Sets the reply for each key from now on; other keys are accepted. */
  on(replies: Partial<Record<string, Reply>>): void;
  /** The keys of the calls so far, in order. */
  used(): string[];
}

/** A provider that answers depending on the key: an accepted one gets `by 0`, `by 1` or `by 2`. */
export async function keyedUpstream(protocol: Protocol): Promise<KeyedUpstream> {
  let replies: Partial<Record<string, Reply>> = {};
  const keyOf = ({ headers }: Exchange) =>
    String(headers[protocol.key.header]).slice(protocol.key.prefix.length);
  const streams = ({ path, body }: Exchange) =>
    path.includes('streamGenerateContent') || body.includes('"stream":true');
  const upstream = await startProvider((exchange) => {
    const text = `by ${pooledKeys.indexOf(keyOf(exchange) as (typeof pooledKeys)[number])}`;
    const taken = streams(exchange) ? pieces(protocol.stream(text)) : whole(protocol.reply(text));
    // The free list of models.
    const answer = exchange.method === 'GET' ? whole({ data: [{ id: protocol.model }] }) : taken;
    return (replies[keyOf(exchange)] ?? answer)(exchange);
  });
  return { upstream, on: (next) => void (replies = next), used: () => upstream.exchanges.map(keyOf) };
}

/** Options for a core or server that has these keys of the provider in variables. */
export function keyedOptions(
  { upstream }: KeyedUpstream,
  protocol: Protocol,
  keys: readonly string[] = pooledKeys,
  options: TestCoreOptions = {},
): TestCoreOptions {
  const name = `COMFYVN_LLM_${protocol.provider.toUpperCase()}_API_KEY`;
  const numbered = keys.map((key, at) => [at === 0 ? name : `${name}_${at + 1}`, key] as const);
  const env = { [name]: undefined, ...Object.fromEntries(numbered), ...options.env };
  const files = { 'config/comfyvn.json': featuresOn, ...options.files };
  return chatOptions(upstream.url, { ...options, env, files });
}

/** Such a provider, and a core for it. */
export async function keyedProvider(
  protocol: Protocol,
  keys: readonly string[] = pooledKeys,
  options: TestCoreOptions = {},
): Promise<KeyedUpstream & { core: TestCore }> {
  const keyed = await keyedUpstream(protocol);
  return { ...keyed, core: testCore(keyedOptions(keyed, protocol, keys, options)) };
}
