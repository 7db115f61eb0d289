import type { JsonObject } from '../define.ts';

/** One request of a batch: the planner's bytes, with our id. */
export interface BatchedRequest {
  /** 1 to 64 letters, digits, `-` and `_`, which every provider accepts. */
  id: string;
  /** JSON, as it would be sent live. */
  body: string;
}

/** The contents of a batch. */
export interface BatchInput {
  /** Our id of the batch, which the provider returns if it supports one. */
  reference: string;
  /** The provider's id of the model. */
  model: string;
  requests: readonly BatchedRequest[];
}

/** A request to a provider's batch API, without authentication. */
export interface BatchCall {
  method: 'GET' | 'POST';
  /** Appended to the provider's base URL; begins with `/`; percent-encoded. */
  path: string;
  query?: Record<string, string>;
  /** Defaults to `application/json`. */
  contentType?: string;
  body?: Buffer;
}

/** A batch as its provider reports it. */
export interface RemoteBatch {
  /** The provider's id. */
  id: string;
  /**
   * `running` until no more results come. `failed`: the batch was refused as a whole, and nothing was run.
   */
  state: 'running' | 'ended' | 'failed';
  /** The provider's own name for the state. */
  status: string;
  /** Our id; null if the provider does not store it. */
  reference: string | null;
  /** Numbers of answered and failed requests; null if the provider does not report them. */
  completed: number | null;
  failed: number | null;
  /** Milliseconds since 1970. */
  createdAt: number | null;
  expiresAt: number | null;
  /** Why it failed, in the provider's words. */
  message: string | null;
  /** Requests for the results, once it has ended. */
  results: BatchCall[];
}

/** The outcome of one request. */
export type BatchOutcome =
  /** The reply's JSON, as in a live call. */
  | { kind: 'reply'; json: unknown }
  /** The provider refused it; it is not billed. `status` is the HTTP status, if there is one. */
  | { kind: 'refused'; status: number | null; json: unknown; message: string }
  /** It was never run, and is not billed. */
  | { kind: 'not_run'; reason: 'expired' | 'cancelled' };

export interface BatchResult {
  id: string;
  outcome: BatchOutcome;
}

/**
 * A provider's batch API as pure functions. The readers never throw on anything a provider may send: they
 * return null for other JSON.
 */
export interface BatchProtocol {
  /** The maximum size of one batch. */
  limits: { requests: number; bytes: number };
  /** Fraction of the live price, if the registry's price record has none. */
  priceFactor: number;
  /** Why the provider cannot run a batch with these settings; null if it can. */
  problem?(settings: JsonObject): string | null;
  /** The file that has to be uploaded before the batch is created; uploading runs nothing. */
  upload?: {
    call(input: BatchInput): BatchCall;
    /** The file's id. */
    fileOf(json: unknown): string | null;
    /** Checks whether the file is ready. */
    check(file: string): BatchCall;
    isReady(json: unknown): boolean;
  };
  /** Bytes that a request adds to the batch besides its body. */
  requestOverhead: number;
  /** @param file the uploaded file's id; empty if there is no upload */
  create(input: BatchInput, file: string): BatchCall;
  get(id: string): BatchCall;
  cancel(id: string): BatchCall;
  batchOf(json: unknown): RemoteBatch | null;
  /** Lists batches, newest first, to find one by our id. */
  list: {
    call(after: string | null): BatchCall;
    batchesOf(json: unknown): { batches: RemoteBatch[]; next: string | null };
  };
  /** `lines`: one result per line. `document`: one JSON value with all results. */
  resultFormat: 'lines' | 'document';
  /** The results in one line or document; entries without a readable id are skipped. */
  resultsOf(json: unknown): BatchResult[];
}

/** A JSON call. */
export function jsonCall(path: string, body?: string): BatchCall {
  return { method: 'POST', path, ...(body === undefined ? {} : { body: Buffer.from(body) }) };
}

/** `base` as JSON with another field appended as raw text, so that it stays byte for byte. */
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
