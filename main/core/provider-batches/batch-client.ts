import type {
  BatchCall,
  BatchInput,
  BatchProtocol,
  BatchResult,
  RemoteBatch,
} from '../../adapters/batches/protocol.ts';
import { headersWithKey, refusal, retryAfterMs, type SendParts } from '../chat/send/send-once.ts';
import type { Plan } from '../chat/plan/plan.ts';
import { AppError } from '../lib/app-error.ts';
import { checkedUrl } from '../net/address.ts';
import { decodedReply } from '../net/decoded-body.ts';
import { jsonOrUndefined, readBody } from '../net/read-body.ts';
import { NeverSent, type HttpReply } from '../net/transport.ts';
import { socketFailure, TransportError } from '../net/transport-error.ts';
import { LineSplitter } from './line-splitter.ts';

/** Whether the provider accepted a batch. `lost`: unknown. */
export type Created =
  | { what: 'taken'; batch: RemoteBatch }
  | { what: 'refused'; error: Error }
  | { what: 'lost'; error: Error };

/** The batch's current state, and how long the provider asks to wait before the next query. */
export interface Polled {
  batch: RemoteBatch;
  retryAfterMs: number | undefined;
}

/** The result of a search for a batch. */
export interface Searched {
  batch: RemoteBatch | null;
  retryAfterMs: number | undefined;
}

/** Sending and confirming a file of hundreds of megabytes takes a while. */
const uploadTimeoutMs = 10 * 60_000;
const resultsTimeoutMs = 5 * 60_000;
/** A document with all results of a batch (Gemini: 20 MB of requests) is read as a whole. */
const maxDocumentBytes = 256 * 1024 * 1024;
const listedPages = 10;

/** Thrown to stop reading results once the batch is found. */
class Found extends Error {}

/** The batch API of one provider, with the address, headers and key of its chats. */
export class BatchClient {
  readonly #parts: SendParts;
  readonly #plan: Plan;
  readonly #protocol: BatchProtocol;
  readonly #signal: AbortSignal;

  /** @param plan any request planned for the provider */
  constructor(parts: SendParts, plan: Plan, protocol: BatchProtocol, signal: AbortSignal) {
    this.#parts = parts;
    this.#plan = plan;
    this.#protocol = protocol;
    this.#signal = signal;
  }

  /**
   * Uploads a batch's file, if its provider uses one, and waits until it is ready. This runs nothing.
   * @returns the file's id; empty if there is none
   * @throws TransportError, AppError
   */
  async upload(input: BatchInput, wait: (ms: number) => Promise<void>): Promise<string> {
    const { upload } = this.#protocol;
    if (!upload) return '';
    const { json } = await this.#json(upload.call(input), uploadTimeoutMs);
    const file = upload.fileOf(json);
    if (file === null) throw this.#bad('the answer to the upload has no file id');
    let status = json;
    for (let tries = 0; !upload.isReady(status); tries++) {
      if (tries === 60) throw this.#bad(`the file ${file} could not be used after ${tries} questions`);
      const asked = await this.#json(upload.check(file));
      status = asked.json;
      if (!upload.isReady(status)) await wait(asked.retryAfterMs ?? 5000);
    }
    return file;
  }

  /** Creates the batch. Never throws: the result says whether it may be billed. */
  async create(input: BatchInput, file: string): Promise<Created> {
    const call = this.#protocol.create(input, file);
    let reply: HttpReply;
    try {
      reply = await this.#send(call, uploadTimeoutMs);
    } catch (error) {
      if (error instanceof NeverSent || error instanceof AppError)
        return { what: 'refused', error: error instanceof NeverSent ? this.#failure(error) : error };
      return { what: 'lost', error: this.#failure(error as Error) };
    }
    if (reply.status < 200 || reply.status > 299) {
      const { error, charge } = await refusal(this.#plan, reply);
      // A server that reports its own error may have failed after it accepted the batch.
      return {
        what: charge === 'none' && reply.status < 500 && reply.status !== 408 ? 'refused' : 'lost',
        error,
      };
    }
    try {
      const batch = this.#protocol.batchOf(jsonOrUndefined(await readBody(reply)));
      return batch
        ? { what: 'taken', batch }
        : { what: 'lost', error: this.#bad('the answer to the submission names no batch') };
    } catch (error) {
      return { what: 'lost', error: this.#failure(error as Error) };
    }
  }

  /** @throws TransportError, AppError */
  async get(id: string): Promise<Polled> {
    const { json, retryAfterMs: asked } = await this.#json(this.#protocol.get(id));
    const batch = this.#protocol.batchOf(json);
    if (!batch) throw this.#bad('the answer is no batch');
    return { batch, retryAfterMs: asked };
  }

  /**
   * Requests the cancellation of a batch; results finished by then are billed and can be read.
   * @throws TransportError, AppError
   */
  async cancel(id: string): Promise<void> {
    await this.#json(this.#protocol.cancel(id));
  }

  /**
   * Reads the results of a batch, one after the other.
   * @throws TransportError, AppError; any error of `take`
   */
  async results(batch: RemoteBatch, take: (result: BatchResult) => Promise<void>): Promise<void> {
    for (const call of batch.results) await this.#read(call, take);
  }

  /**
   * Looks for a batch whose creation was not confirmed, among those created since: by our id if the provider
   * stores it, else by the ids in the results of ended batches.
   * @param isOurs whether a request's id belongs to the batch
   * @throws TransportError, AppError
   */
  async find(reference: string, since: number, isOurs: (id: string) => boolean): Promise<Searched> {
    let asked: number | undefined;
    for (let page = 0, after: string | null = null; page < listedPages; page++) {
      const { json, retryAfterMs: wait } = await this.#json(this.#protocol.list.call(after));
      asked = wait;
      const { batches, next } = this.#protocol.list.batchesOf(json);
      for (const batch of batches) {
        if (batch.reference === reference) return { batch, retryAfterMs: asked };
        const mayBe =
          batch.reference === null && batch.state === 'ended' && (batch.createdAt ?? since) >= since;
        if (mayBe && (await this.#hasOurs(batch, isOurs))) return { batch, retryAfterMs: asked };
      }
      const oldest = batches.at(-1)?.createdAt ?? null;
      if (next === null || (oldest !== null && oldest < since)) break;
      after = next;
    }
    return { batch: null, retryAfterMs: asked };
  }

  async #hasOurs(batch: RemoteBatch, isOurs: (id: string) => boolean): Promise<boolean> {
    let ours = false;
    try {
      await this.results(batch, ({ id }) => {
        ours = isOurs(id);
        return Promise.reject(new Found());
      });
    } catch (error) {
      if (!(error instanceof Found)) throw error;
    }
    return ours;
  }

  async #read(call: BatchCall, take: (result: BatchResult) => Promise<void>): Promise<void> {
    const reply = await this.#answered(call, resultsTimeoutMs);
    const takeAll = async (json: unknown) => {
      for (const result of this.#protocol.resultsOf(json)) await take(result);
    };
    if (this.#protocol.resultFormat === 'document')
      return takeAll(jsonOrUndefined(await readBody(reply, maxDocumentBytes)));
    const lines = new LineSplitter();
    await reply.body.read(async (chunk) => {
      for (const line of lines.push(chunk)) await takeAll(jsonOrUndefined(line));
    });
    await takeAll(jsonOrUndefined(lines.rest()));
  }

  async #json(
    call: BatchCall,
    timeoutMs?: number,
  ): Promise<{ json: unknown; retryAfterMs: number | undefined }> {
    const reply = await this.#answered(call, timeoutMs);
    const json = jsonOrUndefined(await readBody(reply, maxDocumentBytes));
    return { json, retryAfterMs: retryAfterMs(reply.headers, Date.now()) };
  }

  /** @throws TransportError, AppError for any status other than 2xx */
  async #answered(call: BatchCall, timeoutMs?: number): Promise<HttpReply> {
    let reply: HttpReply;
    try {
      reply = await this.#send(call, timeoutMs);
    } catch (error) {
      throw error instanceof AppError ? error : this.#failure(error as Error);
    }
    if (reply.status >= 200 && reply.status <= 299) return reply;
    throw (await refusal(this.#plan, reply)).error;
  }

  async #send({ method, path, query, contentType, body }: BatchCall, timeoutMs?: number): Promise<HttpReply> {
    const { provider } = this.#plan.resolved;
    const search = new URLSearchParams({ ...provider.query, ...query }).toString();
    const url = checkedUrl(provider.base + path + (search ? `?${search}` : ''), this.#parts.ownPort());
    const { 'content-type': planned = 'application/json', ...rest } = this.#plan.headers;
    const headers = headersWithKey({
      ...this.#plan,
      headers: body ? { ...rest, 'content-type': contentType ?? planned } : rest,
    });
    const started = performance.now();
    const reply = await this.#parts.transport.send({
      method,
      url,
      headers,
      body: body ?? null,
      timeoutMs: Math.max(provider.timeoutMs, timeoutMs ?? 0),
      signal: this.#signal,
    });
    const ms = Math.round(performance.now() - started);
    this.#parts.log.debug({ url: url.href, method, status: reply.status, ms }, 'batch request');
    return decodedReply(reply);
  }

  #failure(error: Error): Error {
    const cause = error instanceof NeverSent ? error.cause : error;
    if (cause instanceof TransportError) return cause;
    const { provider } = this.#plan.resolved;
    return socketFailure(cause, new URL(provider.base).origin, provider.timeoutMs);
  }

  #bad(message: string): TransportError {
    return new TransportError('provider_bad_reply', message, { status: 200 });
  }
}
