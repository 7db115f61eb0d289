import type { ServerResponse } from 'node:http';
import { AppError } from '../core/lib/app-error.ts';
import type { Refusal } from './guard.ts';

/** Concurrent API calls; a provider's stream may take minutes. */
export const maxCalls = 256;

/** Panel operations have separate slots, so that the panel still works when streams fill the server. */
const maxPanelCalls = 64;

/** Total bytes of replies waiting for slow readers. */
export const maxWaitingBytes = 64 * 1024 * 1024;

/** Above this no call starts; the rest is reserved for replies in progress, which are already paid for. */
const maxWaitingToBegin = maxWaitingBytes / 2;

/** After a stop's grace period, how long cancelled calls may take to send their error, in milliseconds. */
const closingMs = 1000;

const busy = (what: string): Refusal => ({
  code: 'server_busy',
  message: `${what}: try again in a moment`,
});
const stopping: Refusal = {
  code: 'shutting_down',
  message: 'the server is stopping and accepts no more calls',
};
const stoppedError = () =>
  new AppError('shutting_down', 'the server stopped while this call was in progress');

/** Too many replies wait for callers who do not read. */
export const repliesWait: Refusal = busy('too many replies wait for callers who read slowly');

const endless: ReadonlySet<string> = new Set(['/rpc/events', '/rpc/log.follow']);
const isPanel = (path: string) => path.startsWith('/rpc/');

/** One call in progress. */
export interface OpenCall {
  requestId: string;
  path: string;
  /** Aborted when the caller disconnects before the answer is complete, and when the server stops. */
  signal: AbortSignal;
  /** @param reason the error with which the call ends */
  abort(reason: Error): void;
}

/** The HTTP server's calls in progress. */
export class OpenCalls {
  readonly #open = new Map<ServerResponse, OpenCall>();
  #stopping = false;
  #onChange: (() => void) | undefined;

  /** Why a call cannot start now; health checks are always answered. */
  refusalOf(path: string): Refusal | null {
    if (path === '/health') return null;
    if (this.#stopping) return stopping;
    const panel = isPanel(path);
    const max = panel ? maxPanelCalls : maxCalls;
    if (this.#count((call) => isPanel(call.path) === panel) >= max)
      return busy(`${max} calls are in progress`);
    return panel || this.#waitingBytes() <= maxWaitingToBegin ? null : repliesWait;
  }

  get size(): number {
    return this.#open.size;
  }

  #count(counts: (call: OpenCall) => boolean): number {
    let count = 0;
    for (const call of this.#open.values()) if (counts(call)) count += 1;
    return count;
  }

  #waitingBytes(): number {
    let bytes = 0;
    for (const response of this.#open.keys()) bytes += response.writableLength;
    return bytes;
  }

  /**
   * False if a reply of this size would exceed the limit of waiting bytes. The first reply is always allowed.
   */
  hasRoomFor(bytes: number): boolean {
    const waiting = this.#waitingBytes();
    return waiting === 0 || waiting + bytes <= maxWaitingBytes;
  }

  /** Registers a call until its answer is complete. */
  add(path: string, requestId: string, response: ServerResponse): OpenCall {
    const controller = new AbortController();
    const call: OpenCall = {
      requestId,
      path,
      signal: controller.signal,
      abort: (reason) => controller.abort(reason),
    };
    this.#open.set(response, call);
    response.on('close', () => {
      if (!response.writableFinished) call.abort(new DOMException('the caller left', 'AbortError'));
      this.#open.delete(response);
      this.#onChange?.();
    });
    return call;
  }

  /** Accepts calls again. */
  resume(): void {
    this.#stopping = false;
  }

  /**
   * Resolves when no call is in progress. Calls that remain after `graceMs` are aborted: the provider's
   * connection is closed, and the caller gets an error.
   */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    if (await this.#drained(graceMs)) return;
    for (const call of this.#open.values()) call.abort(stoppedError());
    await this.#drained(closingMs);
  }

  /** True once only the panel's endless streams are in progress; false if that takes longer than `ms`. */
  #drained(ms: number): Promise<boolean> {
    const isDrained = () => this.#count((call) => !endless.has(call.path)) === 0;
    if (isDrained()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (drained: boolean) => {
        clearTimeout(late);
        this.#onChange = undefined;
        resolve(drained);
      };
      const late = setTimeout(() => end(false), ms);
      this.#onChange = () => {
        if (isDrained()) end(true);
      };
    });
  }
}
