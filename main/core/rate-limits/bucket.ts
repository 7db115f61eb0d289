import { meterNames, type Amounts, type Meter } from './meters.ts';

/**
 * The state of one limit. Levels are in requests or tokens, and below 0 if a call took more than was
 * available.
 */
export interface MeterState {
  perMinute: number;
  level: number;
  /** What users' calls may still take: only they take from it, so a batch never delays them. */
  people: number;
}

/** A token bucket for each limit of a provider, a model and a key. */
export interface Bucket {
  /** Time of the levels, in milliseconds since 1970. */
  at: number;
  /** The provider refuses everything until then. */
  blockedUntil: number;
  meters: Partial<Record<Meter, MeterState>>;
}

/** Who makes the call: a person, or a run, batch or trial, which leaves a reserve for people. */
export type Asker = 'person' | 'bulk';

const minuteMs = 60_000;
/**
 * Shares of a limit: what refills in a minute, and what may be taken at once, part of which bulk calls leave
 * for users. A machine that stalls for three seconds can catch up with them. A minute that begins with a full
 * bucket could exceed the limit by 3 %: `noted` prevents that if the provider reports what remains, otherwise
 * a 429 ends it.
 */
const steadyShare = 0.97;
const burstShare = 0.07;
const reserveShare = 0.2;
/** What users may take at once: a provider that was idle for a while has it. */
const peopleShare = 0.2;
/** Clocks of two machines differ by less than this; a time further ahead is an error. */
const maxClockSkewMs = 60_000;

const capacityOf = (perMinute: number) => Math.max(1, perMinute * burstShare);
const peopleCapacityOf = (perMinute: number) => Math.max(1, perMinute * peopleShare);
const perMs = (perMinute: number) => (perMinute * steadyShare) / minuteMs;

export const emptyBucket = (now: number): Bucket => ({ at: now, blockedUntil: 0, meters: {} });

function eachMeter(bucket: Bucket, change: (state: MeterState, meter: Meter) => MeterState): Bucket {
  const meters: Bucket['meters'] = {};
  for (const meter of meterNames) {
    const state = bucket.meters[meter];
    if (state) meters[meter] = change(state, meter);
  }
  return { ...bucket, meters };
}

function capped({ perMinute, level, people }: MeterState): MeterState {
  return {
    perMinute,
    level: Math.min(level, capacityOf(perMinute)),
    people: Math.min(people, peopleCapacityOf(perMinute)),
  };
}

/**
 * The bucket at a later time. While it is blocked nothing is added; a clock that is behind changes nothing.
 */
export function refilled(bucket: Bucket, now: number): Bucket {
  const at = bucket.at > now + maxClockSkewMs ? now : bucket.at;
  const blockedUntil = bucket.blockedUntil > now ? bucket.blockedUntil : 0;
  const from = Math.max(at, Math.min(bucket.blockedUntil, now));
  const ms = Math.max(0, now - from);
  const later = eachMeter(bucket, ({ perMinute, level, people }) => {
    const more = ms * perMs(perMinute);
    return capped({ perMinute, level: level + more, people: people + more });
  });
  return { ...later, at: Math.max(at, now), blockedUntil };
}

/**
 * The bucket with these limits: new ones are full, a changed one keeps what was taken. Other limits stay,
 * because another process may know them.
 */
export function withLimits(bucket: Bucket, limits: Amounts): Bucket {
  const meters: Bucket['meters'] = { ...bucket.meters };
  for (const meter of meterNames) {
    const perMinute = limits[meter];
    if (perMinute === undefined) continue;
    const state = bucket.meters[meter];
    meters[meter] = capped({ perMinute, level: state?.level ?? Infinity, people: state?.people ?? Infinity });
  }
  return { ...bucket, meters };
}

/** Why a call has to wait. */
export interface BucketWait {
  ms: number;
  /** The limit that is used up; null if the provider asked for the wait. */
  meter: Meter | null;
}

/**
 * How long a call with these amounts has to wait; null if it may be sent.
 * @param bucket refilled to `now`
 * @param limits the current limits; others in the bucket are ignored
 */
export function waitOf(
  bucket: Bucket,
  now: number,
  limits: Amounts,
  amounts: Amounts,
  asker: Asker,
): BucketWait | null {
  let maxWait: BucketWait | null =
    bucket.blockedUntil > now ? { ms: bucket.blockedUntil - now, meter: null } : null;
  for (const meter of meterNames) {
    const state = bucket.meters[meter];
    const amount = amounts[meter];
    if (!state || !amount || limits[meter] === undefined) continue;
    const missing = missingFor(state, amount, asker);
    if (missing <= 0) continue;
    const blocked = Math.max(0, bucket.blockedUntil - now);
    const ms = blocked + Math.ceil(missing / perMs(state.perMinute));
    if (!maxWait || ms > maxWait.ms) maxWait = { ms, meter };
  }
  return maxWait;
}

/** The missing amount. A call that needs more than a full bucket is sent when the bucket is full. */
function missingFor({ perMinute, level, people }: MeterState, amount: number, asker: Asker): number {
  // Floating-point sums can miss a whole number slightly.
  const hair = 1e-6;
  if (asker === 'person') return Math.min(amount, peopleCapacityOf(perMinute)) - people - hair;
  const capacity = capacityOf(perMinute);
  const reserve = capacity * reserveShare;
  return reserve + Math.min(amount, capacity - reserve) - level - hair;
}

/** Takes amounts; negative ones give back. */
export function taken(bucket: Bucket, amounts: Amounts, asker: Asker): Bucket {
  return eachMeter(bucket, (state, meter) => {
    const amount = amounts[meter] ?? 0;
    const people = asker === 'person' ? state.people - amount : state.people;
    return capped({ ...state, level: state.level - amount, people });
  });
}

/** Lowers the levels to what the provider says remains, because others may use the same key. */
export function noted(bucket: Bucket, remaining: Amounts): Bucket {
  return eachMeter(bucket, (state, meter) => {
    const left = remaining[meter] ?? Infinity;
    return { ...state, level: Math.min(state.level, left), people: Math.min(state.people, left) };
  });
}

/** After a 429: the bucket is empty, and refills once the provider answers again. */
export function emptied(bucket: Bucket, until: number): Bucket {
  const empty = eachMeter(bucket, (state) => ({
    ...state,
    level: Math.min(state.level, 0),
    people: Math.min(state.people, 0),
  }));
  return { ...empty, blockedUntil: Math.max(bucket.blockedUntil, until) };
}

export const unblocked = (bucket: Bucket): Bucket => ({ ...bucket, blockedUntil: 0 });
