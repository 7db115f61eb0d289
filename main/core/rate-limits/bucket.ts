import { meterNames, type Amounts, type Meter } from './meters.ts';

/** One limit as it stands. Levels are in requests or tokens, and below 0 where a call took more than was there. */
export interface MeterState {
  perMinute: number;
  level: number;
  /** What people's calls may still take: only they take from it, so a batch never holds them up. */
  people: number;
}

/** A token bucket for each limit of a provider, a model and a key. */
export interface Bucket {
  /** When the levels were right, in milliseconds since 1970. */
  at: number;
  /** The provider refuses everything until then. */
  blockedUntil: number;
  meters: Partial<Record<Meter, MeterState>>;
}

/** Who asks: a person, or a run, batch or trial, which leaves a reserve for people. */
export type Asker = 'person' | 'bulk';

const minuteMs = 60_000;
/**
 * What of a limit refills in a minute, and what may be taken at once, of which bulk calls leave a part. A machine that
 * stands still for three seconds makes up for them. A minute that begins with a full bucket could have 3 % more than the
 * limit: `noted` prevents that where the provider says what is left, and one 429 ends it elsewhere.
 */
const steadyShare = 0.97;
const burstShare = 0.07;
const reserveShare = 0.2;
/** What people may take at once: a provider that was left alone for a while has it. */
const peopleShare = 0.2;
/** Two machines' clocks differ by less than that; a time further ahead is a slip. */
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

/** The bucket at a later moment. While it is blocked nothing is added; a clock that is behind changes nothing. */
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
 * The bucket with these limits: new ones are full, one that has changed keeps what was taken of it. Others stay, as
 * another process may know of them.
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
  /** The limit that is used up; null where the provider asked for the wait. */
  meter: Meter | null;
}

/**
 * How long a call waits that takes these amounts; null where it may go.
 * @param bucket refilled to `now`
 * @param limits those that hold; others that the bucket has are not looked at
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

/** What is not there yet. A call that needs more than a full bucket has goes when it is full. */
function missingFor({ perMinute, level, people }: MeterState, amount: number, asker: Asker): number {
  // Sums of fractions miss a whole number by a hair.
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

/** Holds the levels against what the provider says is left: others may use the same key. */
export function noted(bucket: Bucket, remaining: Amounts): Bucket {
  return eachMeter(bucket, (state, meter) => {
    const left = remaining[meter] ?? Infinity;
    return { ...state, level: Math.min(state.level, left), people: Math.min(state.people, left) };
  });
}

/** After a 429: nothing is left, and it fills up from nothing once the provider answers again. */
export function emptied(bucket: Bucket, until: number): Bucket {
  const empty = eachMeter(bucket, (state) => ({
    ...state,
    level: Math.min(state.level, 0),
    people: Math.min(state.people, 0),
  }));
  return { ...empty, blockedUntil: Math.max(bucket.blockedUntil, until) };
}

export const unblocked = (bucket: Bucket): Bucket => ({ ...bucket, blockedUntil: 0 });
