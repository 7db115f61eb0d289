import type { Log } from '../lib/log/log.ts';
import {
  emptied,
  noted,
  refilled,
  taken,
  unblocked,
  waitOf,
  withLimits,
  type Asker,
  type Bucket,
  type BucketWait,
} from './bucket.ts';
import { BulkLine } from './bulk-line.ts';
import { KnownLimits, type KnownLimitsParts, type LearnedLimit } from './known-limits.ts';
import { modelScope, type LimitedCall, type ScopedLimits } from './limited-call.ts';
import { limitText, meterNames, type Amounts } from './meters.ts';
import { pause } from '../lib/pause.ts';
import { reportedLimits } from './reported-limits.ts';
import { SharedBuckets } from './shared-buckets.ts';
import { cancelledWait, tooLong, type Granted, type Turn, type TurnWait, type WaitOptions } from './turn.ts';

export interface RateLimitParts extends KnownLimitsParts {
  log: Log;
  /** Waits; rejects when one of the signals is aborted. */
  pause?(ms: number, signals: readonly AbortSignal[]): Promise<void>;
}

/** Checks again after at most this time, because limits and clocks can change. */
const maxPauseMs = 10_000;
const minPauseMs = 5;

/**
 * Paces calls to a provider's limits on requests and tokens per minute, together with every other process
 * that shares the database. A call without a known limit is sent at once, without a database access.
 */
export class RateLimits {
  readonly #parts: RateLimitParts;
  readonly #pause: NonNullable<RateLimitParts['pause']>;
  readonly #known: KnownLimits;
  readonly #buckets: SharedBuckets;
  /** By scope: average tokens of a reply. */
  readonly #outputs = new Map<string, number>();
  readonly #lines = new Map<string, BulkLine>();

  constructor(parts: RateLimitParts) {
    this.#parts = parts;
    this.#pause = parts.pause ?? pause;
    this.#known = new KnownLimits(parts);
    this.#buckets = new SharedBuckets(parts.buckets, parts.now, parts.log);
  }

  /** If it returns a promise, await it before a call to a provider that may have limits. */
  ready(): Promise<void> | undefined {
    return this.#known.ready();
  }

  /** True if a limit is known for the call, so that it needs a turn. */
  applyTo(call: LimitedCall): boolean {
    return this.#known.scopesOf(call).length > 0;
  }

  /** Every limit reported in replies that this process knows. */
  learned(): Promise<LearnedLimit[]> {
    return this.#known.learned();
  }

  close(): Promise<void> {
    return this.#buckets.close();
  }

  /**
   * Waits until the limits have room for the call, and takes what it needs. Users' calls never wait behind
   * bulk calls.
   * @throws TransportError `provider_rate_limited` if that takes longer than `maxMs`; AppError `cancelled`
   */
  turn(call: LimitedCall, options: WaitOptions): Promise<Turn> {
    return call.asker === 'bulk' ? this.#lineOf(call).turn(call, options) : this.#wait(call, options);
  }

  /**
   * A turn if there is room now and no other bulk call of this process is waiting; else the required wait.
   */
  async turnNow(call: LimitedCall): Promise<{ turn: Turn; wait?: never } | { turn?: never; wait: TurnWait }> {
    const before = call.asker === 'bulk' ? this.#lineOf(call).wait : null;
    if (before) return { wait: before };
    const { turns, wait } = await this.#ask([call], false);
    return turns[0] ? { turn: turns[0] } : { wait: wait ?? { ms: 0, limit: null } };
  }

  /** How many bulk calls of this process wait for the same limits. */
  waiting(call: LimitedCall): number {
    return this.#lines.get(modelScope(call).id)?.length ?? 0;
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

  /**
   * Handles a 429.
   * @param retryAfterMs how long the provider asks to wait; undefined if it does not say
   */
  refused(call: LimitedCall, retryAfterMs: number | undefined): void {
    const until = this.#parts.now() + (retryAfterMs ?? 0);
    this.#known.block(call, until);
    this.#buckets.note({
      scopes: [modelScope(call)],
      change: (buckets) => buckets.map((bucket) => emptied(refilled(bucket, this.#parts.now()), until)),
    });
  }

  /** A user's call, which waits individually. */
  async #wait(call: LimitedCall, { maxMs, signals, skip, onWait }: WaitOptions): Promise<Turn> {
    for (let waited = 0; ;) {
      const { turns, wait } = await this.#ask([call], skip?.aborted ?? false);
      const [turn] = turns;
      if (signals.some(({ aborted }) => aborted)) {
        turn?.release();
        throw cancelledWait(signals);
      }
      if (turn) return turn;
      const { ms, limit } = wait ?? { ms: 0, limit: null };
      if (waited + ms > maxMs) throw tooLong(waited + ms, maxMs, limit);
      await onWait?.({ ms: Math.round(ms), provider: call.provider, limit });
      const next = Math.min(maxPauseMs, Math.max(minPauseMs, ms));
      // The loop checks right afterwards which signal ended it.
      await this.#pause(next, skip ? [...signals, skip] : signals).catch(() => {});
      waited += next;
    }
  }

  /**
   * Takes what each of the calls needs from all its limits, or nothing: for as many as there is room for,
   * from the first on.
   * @param calls to one model with one key
   * @param atOnce takes it even without room
   */
  async #ask(calls: readonly LimitedCall[], atOnce: boolean): Promise<Granted> {
    const scopes = calls[0] ? this.#known.scopesOf(calls[0]) : [];
    const amounts = calls.map((call) => this.#estimate(call));
    let room = 0;
    let wait: (BucketWait & { limits: Amounts }) | null = null;
    await this.#buckets.write({
      scopes,
      change: (buckets) => {
        const at = this.#parts.now();
        let left = buckets.map((bucket, i) => withLimits(refilled(bucket, at), scopes[i]?.limits ?? {}));
        [room, wait] = [0, null];
        for (const [n, { asker }] of calls.entries()) {
          const needs = amounts[n] ?? {};
          wait = atOnce ? null : maxWaitOf(left, scopes, at, needs, asker);
          if (wait) break;
          left = left.map((bucket) => taken(bucket, needs, asker));
          room++;
        }
        return left;
      },
    });
    const maxWait = wait as (BucketWait & { limits: Amounts }) | null;
    const turns = calls.slice(0, room).map((call, n) => this.#turnOf(call, scopes, amounts[n] ?? {}, atOnce));
    if (!maxWait) return { turns, wait: null };
    const { ms, meter, limits } = maxWait;
    return { turns, wait: { ms, limit: meter && limitText(meter, limits[meter] ?? 0) } };
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
        // A call that did not wait has shown that the provider answers again.
        if (atOnce) unblock();
        const { id } = modelScope(call);
        const before = this.#outputs.get(id) ?? completion;
        this.#outputs.set(id, before + (completion - before) / 8);
        giveBack({
          requests: 1,
          tokens: prompt + completion,
          // Anthropic and Groq do not count cache reads.
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

  #lineOf(call: LimitedCall): BulkLine {
    const { id } = modelScope(call);
    let line = this.#lines.get(id);
    if (!line) {
      line = new BulkLine({ ask: (calls) => this.#ask(calls, false), pause: this.#pause });
      this.#lines.set(id, line);
    }
    return line;
  }
}

/** The longest wait of all the call's limits; null if it may be sent. */
function maxWaitOf(
  buckets: readonly Bucket[],
  scopes: readonly ScopedLimits[],
  now: number,
  amounts: Amounts,
  asker: Asker,
): (BucketWait & { limits: Amounts }) | null {
  let maxWait: (BucketWait & { limits: Amounts }) | null = null;
  for (const [i, bucket] of buckets.entries()) {
    const limits = scopes[i]?.limits ?? {};
    const wait = waitOf(bucket, now, limits, amounts, asker);
    if (wait && wait.ms > (maxWait?.ms ?? 0)) maxWait = { ...wait, limits };
  }
  return maxWait;
}
