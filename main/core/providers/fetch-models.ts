import type { Diagnostics } from '../../../contract/provider.ts';
import type { ListedModel, ModelList } from '../../adapters/define.ts';
import { adapterFor } from '../../adapters/index.ts';
import { AppError } from '../lib/app-error.ts';
import { codedText, detailOf } from '../lib/coded-text.ts';
import { withDeadline } from '../lib/deadline.ts';
import { isObject } from '../lib/json.ts';
import type { FoundKey } from '../secrets/further-keys.ts';
import type { KeyFinder } from '../secrets/key-finder.ts';
import { checkedUrl } from '../net/address.ts';
import { jsonOrUndefined, readBody } from '../net/read-body.ts';
import { NeverSent, type Transport } from '../net/transport.ts';
import { connectionOf, socketFailure, TransportError } from '../net/transport-error.ts';
import type { Provider } from '../registry/model/model.ts';

export interface FetchParts {
  transport: Transport;
  keys: KeyFinder;
  ownPort(): number | null;
}

export interface FetchedModels {
  models: ListedModel[];
  /** False if the provider has another page of them. */
  complete: boolean;
  /** The list's URL without its query. */
  source: string;
}

type FreeRequest = Pick<ModelList, 'path' | 'query' | 'forSettings'>;

/** Normalizes header names; otherwise the key's header and one from a file or variable could both be sent. */
function lowerCase(headers: Record<string, string> | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

function headersFor(
  parts: FetchParts,
  provider: Provider,
  asked: Record<string, string> | undefined,
  chosenKey: FoundKey | undefined,
) {
  const { auth } = adapterFor(provider.adapter);
  const unusable = auth && !chosenKey && parts.keys.unusable(provider);
  if (unusable) throw unusable;
  const key = auth && (chosenKey ?? parts.keys.find(provider));
  const authentication = auth && key ? { [auth.header]: auth.prefix + key.key } : {};
  const plain = { accept: 'application/json', 'accept-encoding': 'identity' };
  return { ...plain, ...lowerCase(asked), ...lowerCase(provider.headers), ...lowerCase(authentication) };
}

/**
 * Sends one free GET below the provider's address.
 * @param ms time limit for the whole request
 * @param key by default the provider's first one
 * @throws TransportError without a status for a server that cannot be reached or is too slow; AppError
 * `unsafe_address`, `loop_detected`, `missing_key` for a key that no header can carry
 */
export async function getFree(
  parts: FetchParts,
  provider: Provider,
  request: FreeRequest,
  ms: number,
  signal: AbortSignal,
  key?: FoundKey,
) {
  const asked = request.forSettings?.(provider.settings) ?? {};
  const search = new URLSearchParams({ ...provider.query, ...request.query, ...asked.query }).toString();
  const url = checkedUrl(`${provider.base}${request.path}${search ? `?${search}` : ''}`, parts.ownPort());
  const headers = headersFor(parts, provider, asked.headers, key);
  const deadline = withDeadline(signal, ms);
  try {
    const reply = await parts.transport.send({
      method: 'GET',
      url,
      headers,
      body: null,
      timeoutMs: ms,
      signal: deadline.signal,
    });
    return { status: reply.status, text: await readBody(reply), url };
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (deadline.signal.aborted) {
      const [origin, seconds] = [url.origin, ms / 1000];
      const message = `${origin} did not answer within ${seconds} s`;
      throw new TransportError('provider_timeout', message, connectionOf('no_answer', { origin, seconds }));
    }
    throw socketFailure(error instanceof NeverSent ? error.cause : error, url.origin, ms);
  } finally {
    deadline.end();
  }
}

/** The entries of a list in any protocol; a server written in Go sends null for an empty list. */
function entriesOf(json: unknown): unknown[] | undefined {
  if (Array.isArray(json)) return json;
  if (!isObject(json)) return undefined;
  const entries = 'data' in json ? json['data'] : json['models'];
  return entries === null ? [] : Array.isArray(entries) ? entries : undefined;
}

/** Anthropic sends `has_more`, Gemini `nextPageToken`, OpenRouter `links.next`. */
function hasMore(json: unknown): boolean {
  if (!isObject(json)) return false;
  const next = isObject(json['links']) ? json['links']['next'] : undefined;
  return json['has_more'] === true || Boolean(json['nextPageToken']) || Boolean(next);
}

/**
 * Fetches the provider's own model list with one free request.
 * @param ms time limit for the whole request
 * @param key by default the provider's first one
 * @throws TransportError with the status and the provider's message, and what `getFree` throws
 */
export async function fetchModels(
  parts: FetchParts,
  provider: Provider,
  list: ModelList,
  ms: number,
  signal: AbortSignal,
  key?: FoundKey,
): Promise<FetchedModels> {
  const { status, text, url } = await getFree(parts, provider, list, ms, signal, key);
  const json = jsonOrUndefined(text);
  if (status < 200 || status > 299) {
    // Gemini answers 400 to a wrong key, which its adapter recognizes.
    const { upstreamMessage, upstreamCode, code } = adapterFor(provider.adapter).toError(status, json, text);
    throw new TransportError(code, `HTTP ${status}: ${upstreamMessage}`, { status, upstreamCode });
  }
  const bad = (message: string) => new TransportError('provider_bad_reply', message, { status });
  if (json === undefined) throw bad('the model list is not JSON');
  const entries = entriesOf(json);
  if (!entries) throw bad('what came is JSON, but no list of models');
  const models = list.fromResponse(json);
  if (entries.length && !models.length)
    throw bad(`none of the ${entries.length} entries of the model list could be read`);
  return { models, complete: !hasMore(json), source: url.origin + url.pathname };
}

/** Finds our models in the provider's list: by wire id, then by id. */
export class ListedIndex {
  readonly #byId: ReadonlyMap<string, ListedModel>;
  readonly #tagged: boolean;

  constructor(provider: Pick<Provider, 'adapter'>, listed: readonly ListedModel[]) {
    this.#byId = new Map(listed.map((model) => [model.id, model]));
    this.#tagged = provider.adapter === 'ollama';
  }

  get(model: { id: string; wireId: string }): ListedModel | undefined {
    return this.#find(model.wireId) ?? this.#find(model.id);
  }

  #find(id: string): ListedModel | undefined {
    // In Ollama a name without a tag means `latest`.
    return (
      this.#byId.get(id) ?? (this.#tagged && !id.includes(':') ? this.#byId.get(`${id}:latest`) : undefined)
    );
  }
}

/** Why a free request failed, for translation: the failed connection, or else the error with its code. */
export function failureFields(
  error: TransportError | AppError,
  message = error.message,
): Pick<Diagnostics, 'message_detail' | 'connection'> {
  if (error instanceof TransportError && error.connection) return { connection: error.connection };
  const text = codedText('provider_check', 'error', { error: error.code, message }, message);
  return { message_detail: detailOf(text) };
}
