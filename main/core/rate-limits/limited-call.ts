import { hash } from 'node:crypto';
import type { Asker } from './bucket.ts';
import type { LimitScope } from './bucket-store.ts';
import type { Amounts } from './meters.ts';

/** The properties of a call that rate limits need. */
export interface LimitedCall {
  provider: string;
  model: string;
  /** Limits are counted per key, of which only a hash is used. */
  key: string | null;
  asker: Asker;
  /** Approximate tokens of the prompt. */
  promptTokens: number;
  /** Maximum tokens of the reply; null if unknown. */
  maxOutput: number | null;
}

/** A limit's scope with its limits. */
export interface ScopedLimits extends LimitScope {
  limits: Amounts;
}

/** Eight digits: enough to distinguish keys, too few to recover one. */
const keyHash = (key: string | null) => (key === null ? '-' : hash('sha256', key, 'hex').slice(0, 8));

function scopeOf({ provider, key }: LimitedCall, model: string | null): LimitScope {
  return { id: `${provider}|${model ?? '*'}|${keyHash(key)}`, provider, model };
}

/** The scope of a call's provider and key as a whole. */
export const providerScope = (call: LimitedCall) => scopeOf(call, null);

/** The scope of a call's model with its key. */
export const modelScope = (call: LimitedCall) => scopeOf(call, call.model);
