import type { JsonObject } from '../define.ts';

/** One request of a batch: the planner's bytes under an id of ours. */
export interface BatchedRequest {
  /** 1 to 64 letters, digits, `-` and `_`: what every provider takes. */
  id: string;
  /** JSON, as it would be sent live. */
  body: string;
}

/** What a batch is made of. */
export interface BatchInput {
  /** Our id of the batch, which its provider returns where it keeps one. */
  reference: string;
  /** The id the provider knows the model by. */
  model: string;
  requests: readonly BatchedRequest[];
}

/** A request to a provider's batch API, without authentication. */
export interface BatchCall {
  method: 'GET' | 'POST';
  /** Appended to the provider's base URL; begins with `/`; percent-encoded. */
  path: string;
  query?: Record<string, string>;
  /** `application/json` unless it says otherwise. */
  contentType?: string;
  body?: Buffer;
}

/** A batch as its provider reports it. */
export interface RemoteBatch {
  /** The provider's id. */
  id: string;
  /** `running` until no more results come; `failed`: it was refused as a whole, and nothing of it was run. */
  state: 'running' | 'ended' | 'failed';
  /** The provider's own word for it. */
  status: string;
  /** Our id; null where the provider keeps none. */
  reference: string | null;
  /** Requests that were answered, and those that failed; null where the provider does not count. */
  completed: number | null;
  failed: number | null;
  /** Milliseconds since 1970. */
  createdAt: number | null;
  expiresAt: number | null;
  /** Why it failed, in the provider's words. */
  message: string | null;
  /** Where the results are, once it has ended. */
  results: BatchCall[];
}

/** What became of one request. */
export type BatchOutcome =
  /** The reply's JSON, as a live call would have had it. */
  | { kind: 'reply'; json: unknown }
  /** The provider refused it; it is not billed. `status` is the HTTP status where there is one. */
  | { kind: 'refused'; status: number | null; json: unknown; message: string }
  /** It was never run, and is not billed. */
  | { kind: 'not_run'; reason: 'expired' | 'cancelled' };

export interface BatchResult {
  id: string;
  outcome: BatchOutcome;
}

/**
 * A provider's batch API as pure functions. `reads…` and `batchOf` never throw on what a provider may send: they return
 * null for JSON that is something else.
 */
export interface BatchProtocol {
  /** What one batch may hold at most. */
  limits: { requests: number; bytes: number };
  /** Part of the live price, where the registry's price record has none of its own. */
  priceFactor: number;
  /** Why the provider cannot take a batch with these settings; null where it can. */
  problem?(settings: JsonObject): string | null;
  /** The file that has to be there before the batch is created; nothing is run by it. */
  upload?: {
    call(input: BatchInput): BatchCall;
    /** The file's id. */
    fileOf(json: unknown): string | null;
    /** Asks whether the file can be used already. */
    check(file: string): BatchCall;
    isReady(json: unknown): boolean;
  };
  /** Bytes that a request takes up in the batch beside its body. */
  requestOverhead: number;
  /** @param file what `upload` brought; empty where there is no upload */
  create(input: BatchInput, file: string): BatchCall;
  get(id: string): BatchCall;
  cancel(id: string): BatchCall;
  batchOf(json: unknown): RemoteBatch | null;
  /** Lists the newest batches first, so that one can be found by our id. */
  list: {
    call(after: string | null): BatchCall;
    batchesOf(json: unknown): { batches: RemoteBatch[]; next: string | null };
  };
  /** `lines`: one result a line. `document`: one JSON value with all of them. */
  resultFormat: 'lines' | 'document';
  /** Results in one line or document; an entry without a readable id is left out. */
  resultsOf(json: unknown): BatchResult[];
}

/** A JSON call. */
export function jsonCall(path: string, body?: string): BatchCall {
  return { method: 'POST', path, ...(body === undefined ? {} : { body: Buffer.from(body) }) };
}

/** `base`'s fields as JSON with further text in place of its closing brace: what is inside stays byte for byte. */
export function jsonAround(base: JsonObject, name: string, value: string): string {
  const text = JSON.stringify(base);
  return `${text.slice(0, -1)}${text === '{}' ? '' : ','}${JSON.stringify(name)}:${value}}`;
}

/** Seconds since 1970, or an RFC 3339 date, as milliseconds. */
export function timeOf(value: unknown): number | null {
  if (typeof value === 'number' && Number.isFinite(value)) return value * 1000;
  const ms = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(ms) ? null : ms;
}
