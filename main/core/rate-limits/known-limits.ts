import { isDeepStrictEqual } from 'node:util';
import type { MinuteLimits, ProviderLimits } from '../../../contract/settings.ts';
import { DatabaseDown } from '../database/trouble.ts';
import type { DatabaseBuckets, LearnedLimits } from './bucket-store.ts';
import { modelScope, providerScope, type LimitedCall, type ScopedLimits } from './limited-call.ts';
import { meterNames, type Amounts } from './meters.ts';

/** A limit reported in replies, for display. */
export interface LearnedLimit {
  provider: string;
  model: string | null;
  limits: Amounts;
}

export interface KnownLimitsParts {
  buckets: DatabaseBuckets;
  /** The user's limits for a provider. */
  configured(provider: string): ProviderLimits | undefined;
  now(): number;
}

/** How often limits learned by other processes are read while calls are made. */
const rereadMs = 30_000;
/** A limit that no reply has reported for this long is forgotten. */
const learnedForMs = 7 * 24 * 3600_000;

const asAmounts = ({ requests_per_minute: requests, tokens_per_minute: tokens }: MinuteLimits): Amounts => ({
  ...(requests === undefined ? {} : { requests }),
  ...(tokens === undefined ? {} : { tokens }),
});

const hasNone = (amounts: Amounts) => meterNames.every((meter) => amounts[meter] === undefined);

/** The limits for a call: the user's settings, and limits reported in replies to this or another process. */
export class KnownLimits {
  readonly #parts: KnownLimitsParts;
  /** By scope. */
  readonly #learned = new Map<string, LearnedLimits>();
  /** By scope: until when a provider refuses everything. */
  readonly #blocked = new Map<string, number>();
  #reading: Promise<void> | undefined;
  #readAt = -Infinity;
  #wasRead = false;

  constructor(parts: KnownLimitsParts) {
    this.#parts = parts;
  }

  /**
   * Reads limits that other processes have learned: the first time before the call continues, later in
   * parallel. Undefined if there is nothing to wait for.
   */
  ready(): Promise<void> | undefined {
    if (this.#parts.now() - this.#readAt >= rereadMs)
      this.#reading ??= this.#read().finally(() => {
        this.#wasRead = true;
        this.#reading = undefined;
      });
    return this.#wasRead ? undefined : this.#reading;
  }

  /** The limits of the provider as a whole and of the model; empty if none is known. */
  scopesOf(call: LimitedCall): ScopedLimits[] {
    const configured = this.#parts.configured(call.provider);
    const scopes: ScopedLimits[] = [];
    const ofAll = configured ? asAmounts(configured) : {};
    if (!hasNone(ofAll)) scopes.push({ ...providerScope(call), limits: ofAll });
    if (this.#learned.size === 0 && this.#blocked.size === 0 && !configured?.models) return scopes;
    const scope = modelScope(call);
    const limits = this.limitsOf(call);
    const blocked = (this.#blocked.get(scope.id) ?? 0) > this.#parts.now();
    if (blocked || !hasNone(limits)) scopes.push({ ...scope, limits });
    return scopes;
  }

  /** Limits of a model with a key: the user's settings, else limits reported in replies. */
  limitsOf(call: LimitedCall): Amounts {
    const set = this.#parts.configured(call.provider)?.models?.[call.model];
    return { ...this.#learned.get(modelScope(call).id)?.limits, ...(set ? asAmounts(set) : {}) };
  }

  /** Stores limits reported in a reply; null if they were already known. */
  learn(call: LimitedCall, limits: Amounts): LearnedLimits | null {
    const scope = modelScope(call);
    const before = this.#learned.get(scope.id);
    const learned = { ...scope, limits: { ...before?.limits, ...limits }, at: this.#parts.now() };
    this.#learned.set(scope.id, learned);
    return before && isDeepStrictEqual(before.limits, learned.limits) ? null : learned;
  }

  /** A provider without a known limit has refused a call, so later calls wait as well. */
  block(call: LimitedCall, until: number): void {
    this.#blocked.set(modelScope(call).id, until);
  }

  /** Every limit reported in replies, for any key. */
  async learned(): Promise<LearnedLimit[]> {
    await (this.ready() ?? this.#reading);
    const all = new Map<string, LearnedLimit>();
    for (const { provider, model, limits } of this.#learned.values())
      if (!hasNone(limits)) all.set(`${provider} ${model}`, { provider, model, limits });
    return [...all.values()];
  }

  async #read(): Promise<void> {
    const now = this.#parts.now();
    const since = this.#readAt === -Infinity ? now - learnedForMs : this.#readAt - rereadMs;
    this.#readAt = now;
    try {
      for (const one of await this.#parts.buckets.learnedSince(since))
        if ((this.#learned.get(one.id)?.at ?? 0) < one.at) this.#learned.set(one.id, one);
    } catch (error) {
      // The provider reports its limits again with the next reply.
      if (!(error instanceof DatabaseDown)) throw error;
    }
  }
}
