import { hash } from 'node:crypto';
import type { Asker } from './bucket.ts';
import type { LimitScope } from './bucket-store.ts';
import type { Amounts } from './meters.ts';

/** A call as far as limits are concerned. */
export interface LimitedCall {
  provider: string;
  model: string;
  /** Limits are counted for each key; it is only ever hashed. */
  key: string | null;
  asker: Asker;
  /** Tokens of the prompt, about. */
  promptTokens: number;
  /** The most tokens that the reply can have; null where nobody knows. */
  maxOutput: number | null;
}

/** A limit's scope with the limits that hold there. */
export interface ScopedLimits extends LimitScope {
  limits: Amounts;
}

/** Eight digits: enough to tell keys apart, too few to find one out. */
const keyHash = (key: string | null) => (key === null ? '-' : hash('sha256', key, 'hex').slice(0, 8));

function scopeOf({ provider, key }: LimitedCall, model: string | null): LimitScope {
  return { id: `${provider}|${model ?? '*'}|${keyHash(key)}`, provider, model };
}

/** The limits of a call's provider and key as a whole. */
export const providerScope = (call: LimitedCall) => scopeOf(call, null);

/** The limits of a call's model with its key. */
export const modelScope = (call: LimitedCall) => scopeOf(call, call.model);
