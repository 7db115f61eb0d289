import { AppError } from '../lib/app-error.ts';
import type { LimitWait } from '../lib/request-context.ts';
import type { Log } from '../lib/log/log.ts';
import { Mutex } from '../lib/mutex.ts';
import { TransportError } from '../net/transport-error.ts';
import { emptied, noted, refilled, taken, unblocked, waitOf, withLimits, type BucketWait } from './bucket.ts';
import { KnownLimits, type KnownLimitsParts, type LearnedLimit } from './known-limits.ts';
import { modelScope, type LimitedCall, type ScopedLimits } from './limited-call.ts';
import { limitText, meterNames, type Amounts } from './meters.ts';
import { pause } from '../lib/pause.ts';
import { reportedLimits } from './reported-limits.ts';
import { SharedBuckets } from './shared-buckets.ts';

export interface WaitOptions {
  /** A longer wait is an error. */
  maxMs: number;
  /** The first one to be aborted ends the wait. */
  signals: readonly AbortSignal[];
  /** Aborted by a person who does not want to wait: the call goes at once. */
  skip?: AbortSignal | undefined;
  onWait?: ((wait: LimitWait) => void | Promise<void>) | undefined;
}

/** Tokens of a call, as its reply reports them. */
export interface TurnUsage {
  prompt: number;
  completion: number;
  /** Of the prompt, read from a cache. */
  cached: number;
}

/** What was taken of the limits for a call that is under way. The first of its endings counts. */
export interface Turn {
  /** Replaces the estimate by what the call came to. */
  settle(usage: TurnUsage): void;
  /** Nothing was sent: all of it is given back. */
  release(): void;
}

export interface RateLimitParts extends KnownLimitsParts {
  log: Log;
  /** Waits; rejects when one of the signals is aborted. */
  pause?(ms: number, signals: readonly AbortSignal[]): Promise<void>;
}

/** After so long it is asked again: limits and clocks can change. */
const maxPauseMs = 10_000;
const minPauseMs = 5;

/**
 * Requests and tokens a minute: paces calls to what a provider takes, together with every other process that shares the
 * database. A call of which no limit is known goes at once, and costs no look at the database.
 */
export class RateLimits {
  readonly #parts: RateLimitParts;
  readonly #pause: NonNullable<RateLimitParts['pause']>;
  readonly #known: KnownLimits;
  readonly #buckets: SharedBuckets;
  /** By scope: tokens of a reply, on average. */
  readonly #outputs = new Map<string, number>();
  /** Bulk calls of this process ask one after the other, in the order they came. */
  readonly #lines = new Map<string, Mutex>();

  constructor(parts: RateLimitParts) {
    this.#parts = parts;
    this.#pause = parts.pause ?? pause;
    this.#known = new KnownLimits(parts);
    this.#buckets = new SharedBuckets(parts.buckets, parts.now, parts.log);
  }

  /** To be awaited, where it is something, before a call of a provider that may have limits. */
  ready(): Promise<void> | undefined {
    return this.#known.ready();
  }

  /** True where a limit is known for the call: then it needs a turn. */
  applyTo(call: LimitedCall): boolean {
    return this.#known.scopesOf(call).length > 0;
  }

  /** Every limit that replies have named, as far as this process knows. */
  learned(): Promise<LearnedLimit[]> {
    return this.#known.learned();
  }

  close(): Promise<void> {
    return this.#buckets.close();
  }

  /**
   * Waits until the limits have room for the call, and takes what it needs. People's calls never wait behind bulk calls.
   * @throws TransportError `provider_rate_limited` where that takes longer than `maxMs`; AppError `cancelled`
   */
  async turn(call: LimitedCall, options: WaitOptions): Promise<Turn> {
    const scopes = this.#known.scopesOf(call);
    const last = scopes.at(-1);
    if (call.asker === 'person' || !last) return this.#wait(call, options, 0);
    const began = this.#parts.now();
    const line = this.#lineOf(last.id);
    const turn = line.run(async () => {
      throwIfAborted(options.signals);
      return this.#wait(call, options, Math.max(0, this.#parts.now() - began));
    });
    return leaving(turn, options.signals);
  }

  /** Learns from the headers of a reply, whatever its status. */
  reported(call: LimitedCall, headers: Readonly<Record<string, string>>): void {
    const found = reportedLimits(headers);
    if (!found) return;
    const learned = this.#known.learn(call, found.limits);
    if (learned)
      this.#parts.log.info(
        { provider: call.provider, model: call.model, limits: learned.limits },
        'limits learned',
      );
    const limits = this.#known.limitsOf(call);
    this.#buckets.note({
      scopes: [modelScope(call)],
      change: (buckets) =>
        buckets.map((bucket) =>
          noted(withLimits(refilled(bucket, this.#parts.now()), limits), found.remaining),
        ),
      ...(learned ? { learned } : {}),
    });
  }

  /** After a 429. @param retryAfterMs how long the provider asks to wait; undefined where it does not say */
  refused(call: LimitedCall, retryAfterMs: number | undefined): void {
    const until = this.#parts.now() + (retryAfterMs ?? 0);
    this.#known.block(call, until);
    this.#buckets.note({
      scopes: [modelScope(call)],
      change: (buckets) => buckets.map((bucket) => emptied(refilled(bucket, this.#parts.now()), until)),
    });
  }

  async #wait(call: LimitedCall, options: WaitOptions, before: number): Promise<Turn> {
    const { maxMs, signals, skip, onWait } = options;
    for (let waited = before; ;) {
      const asked = await this.#ask(call, skip?.aborted ?? false);
      if ('turn' in asked) {
        if (!signals.some(({ aborted }) => aborted)) return asked.turn;
        asked.turn.release();
      }
      throwIfAborted(signals);
      if ('turn' in asked) continue;
      const { ms, limit } = asked.wait;
      if (waited + ms > maxMs) throw tooLong(call, waited + ms, maxMs, limit);
      await onWait?.({ ms: Math.round(ms), provider: call.provider, limit });
      const next = Math.min(maxPauseMs, Math.max(minPauseMs, ms));
      try {
        await this.#pause(next, skip ? [...signals, skip] : signals);
      } catch (error) {
        throwIfAborted(signals);
        if (!skip?.aborted) throw error;
      }
      waited += next;
    }
  }

  /**
   * Takes what the call needs of all its limits, or nothing.
   * @param atOnce takes it whatever is there
   */
  async #ask(
    call: LimitedCall,
    atOnce: boolean,
  ): Promise<{ turn: Turn } | { wait: { ms: number; limit: string | null } }> {
    const scopes = this.#known.scopesOf(call);
    const { now } = this.#parts;
    const amounts = this.#estimate(call);
    const { asker } = call;
    let longest: (BucketWait & { limits: Amounts }) | null = null;
    await this.#buckets.write({
      scopes,
      change: (buckets) => {
        const at = now();
        longest = null;
        const full = buckets.map((bucket, i) => withLimits(refilled(bucket, at), scopes[i]?.limits ?? {}));
        for (const [i, bucket] of full.entries()) {
          const limits = scopes[i]?.limits ?? {};
          const wait = waitOf(bucket, at, limits, amounts, asker);
          if (wait && wait.ms > (longest?.ms ?? 0)) longest = { ...wait, limits };
        }
        if (atOnce) longest = null;
        return longest ? full : full.map((bucket) => taken(bucket, amounts, asker));
      },
    });
    const wait = longest as (BucketWait & { limits: Amounts }) | null;
    if (!wait) return { turn: this.#turnOf(call, scopes, amounts, atOnce) };
    const limit = wait.meter && limitText(wait.meter, wait.limits[wait.meter] ?? 0);
    return { wait: { ms: wait.ms, limit } };
  }

  #turnOf(call: LimitedCall, scopes: readonly ScopedLimits[], amounts: Amounts, atOnce: boolean): Turn {
    let open = true;
    const giveBack = (actual: Amounts) => {
      if (!open) return;
      open = false;
      const more: Amounts = {};
      for (const meter of meterNames) more[meter] = (actual[meter] ?? 0) - (amounts[meter] ?? 0);
      this.#buckets.note({
        scopes,
        change: (buckets) =>
          buckets.map((bucket) => taken(refilled(bucket, this.#parts.now()), more, call.asker)),
      });
    };
    const unblock = () => {
      this.#known.block(call, 0);
      this.#buckets.note({ scopes, change: (buckets) => buckets.map(unblocked) });
    };
    return {
      settle: ({ prompt, completion, cached }) => {
        // Who did not wait found out that the provider answers again.
        if (atOnce) unblock();
        const { id } = modelScope(call);
        const before = this.#outputs.get(id) ?? completion;
        this.#outputs.set(id, before + (completion - before) / 8);
        giveBack({
          requests: 1,
          tokens: prompt + completion,
          // Anthropic, and Groq, do not count what they read from a cache.
          input_tokens: Math.max(0, prompt - cached),
          output_tokens: completion,
        });
      },
      release: () => giveBack({}),
    };
  }

  #estimate(call: LimitedCall): Amounts {
    const { promptTokens: prompt, maxOutput } = call;
    const usual = this.#outputs.get(modelScope(call).id) ?? prompt;
    const output = Math.ceil(Math.min(maxOutput ?? usual, usual));
    return { requests: 1, tokens: prompt + output, input_tokens: prompt, output_tokens: output };
  }

  #lineOf(id: string): Mutex {
    let line = this.#lines.get(id);
    if (!line) this.#lines.set(id, (line = new Mutex()));
    return line;
  }
}

function throwIfAborted(signals: readonly AbortSignal[]): void {
  const ended = signals.find(({ aborted }) => aborted);
  if (!ended) return;
  if (ended.reason instanceof AppError) throw ended.reason;
  throw new AppError('cancelled', 'the caller left while the call waited for a limit; nothing was sent');
}

/** A turn that the caller does not wait for any more is given back when it comes. */
async function leaving(turn: Promise<Turn>, signals: readonly AbortSignal[]): Promise<Turn> {
  let leave: () => void = () => {};
  const left = new Promise<void>((resolve) => (leave = resolve));
  for (const signal of signals) signal.addEventListener('abort', leave, { once: true });
  try {
    await Promise.race([turn, left]);
    if (!signals.some(({ aborted }) => aborted)) return await turn;
    turn.then(
      (late) => late.release(),
      () => {},
    );
    throwIfAborted(signals);
    return await turn;
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', leave);
  }
}

function tooLong({ provider }: LimitedCall, ms: number, maxMs: number, limit: string | null): TransportError {
  const why = limit ? `the limit of ${limit} is used up` : 'it answered 429 and asked to wait';
  const seconds = (of: number) => Math.ceil(of / 1000);
  return new TransportError(
    'provider_rate_limited',
    `${provider}: ${why}; this call would wait ${seconds(ms)} s, and may wait ${seconds(maxMs)} s. Nothing was sent`,
    {
      upstreamCode: 'limit_wait',
      retryAfterMs: ms,
      hint: 'try again later, or raise the limit in the settings of the provider if it allows more',
    },
  );
}
