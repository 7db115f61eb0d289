import type { Warning } from '../../../../contract/warnings.ts';
import { warning } from '../../lib/warning.ts';
import { TransportError } from '../../net/transport-error.ts';
import type { FoundKey } from '../../secrets/further-keys.ts';
import { shownKey, type KeyPool, type KeyStatus } from '../../secrets/key-pool.ts';
import type { Plan } from '../plan/plan.ts';

const keyNamed = String.raw`(?:api[ _-]?key|access token|auth(?:entication)? token|credentials?)`;
const noGood = String.raw`(?:invalid|not valid|incorrect|wrong|expired|revoked|disabled|deactivated|deleted|leaked|suspended|blocked|unknown)`;
const badKey = new RegExp(
  String.raw`\b${keyNamed}\b[^.]{0,60}\b${noGood}\b|\b${noGood}\b[^.]{0,20}\b${keyNamed}\b`,
  'i',
);

/**
 * What a failed attempt says about its key. `refused`: the provider rejects the key with a 401, with a 403
 * whose message names the key, or with Gemini's 400 `API_KEY_INVALID`. A 403 alone is not enough: OpenRouter
 * sends it for a moderated prompt, Anthropic and Google for a model that the account may not use. `limited`:
 * a 429, for the rate or for the account's quota.
 */
function verdictOnKey(failure: TransportError): 'refused' | 'limited' | null {
  const { code, status, message, upstreamCode } = failure;
  if (status === 429 || code === 'provider_rate_limited') return 'limited';
  if (status === 401) return 'refused';
  if (code !== 'provider_unauthorized' || status === null) return null;
  if (status !== 403) return 'refused';
  return badKey.test(message) || /api_?key|invalid_key/i.test(upstreamCode ?? '') ? 'refused' : null;
}

/** How long a key rests after a 429 without Retry-After. */
const defaultRestMs = 10_000;
/** A provider can ask for any number of seconds, even more than a date can represent. */
const maxRestMs = 24 * 60 * 60_000;

interface Candidate {
  key: FoundKey;
  status: KeyStatus;
}

/**
 * Chooses the key for each attempt of one call. If a key is refused or rate limited, the next one is tried at
 * once; the failed attempt was not billed. With a single key there is nothing to choose.
 */
export class KeyRotation {
  readonly #pool: KeyPool;
  readonly #plan: Plan;
  readonly #now: () => number;
  /** Keys that were refused or limited in this call. */
  readonly #gone = new Set<FoundKey>();
  #candidatesNow: readonly Candidate[] = [];
  #current: Candidate | undefined;
  readonly warnings: Warning[] = [];

  constructor(pool: KeyPool, plan: Plan, now: () => number) {
    this.#pool = pool;
    this.#plan = plan;
    this.#now = now;
  }

  /**
   * The plan with the next key.
   * @param waited the call has waited for a key: take the one that is free first rather than none
   * @returns a TransportError if all keys are cooling down
   */
  async next(waited: boolean): Promise<Plan | TransportError> {
    const { keys } = this.#plan;
    if (keys.length < 2) return this.#plan;
    if (waited) this.#gone.clear();
    const candidates = await this.#candidates();
    const chosen = choose(candidates, this.#gone) ?? (waited ? soonest(candidates) : undefined);
    if (!chosen) return this.#allCooling(candidates, undefined);
    [this.#candidatesNow, this.#current] = [candidates, chosen];
    return { ...this.#plan, key: chosen.key };
  }

  /** The plan with each other available key, in order, for use if the chosen key has no room now. */
  get others(): Plan[] {
    return this.#candidatesNow
      .filter((one) => one !== this.#current && one.status.state === 'free' && !this.#gone.has(one.key))
      .map(({ key }) => ({ ...this.#plan, key }));
  }

  /** @param plan the one being sent: from `next` or from `others` */
  use({ key }: Plan): void {
    this.#current = this.#candidatesNow.find((one) => one.key === key) ?? this.#current;
  }

  /** The provider accepted the key, so a key that was set aside is used again. */
  async succeeded(): Promise<void> {
    if (this.#current && this.#current.status.state !== 'free') await this.#pool.free(this.#current.key);
  }

  /**
   * Records what a failure says about the key.
   * @param unbilled the provider refused the call in its own error format, so nothing was billed
   * @returns `again` if another key can be tried at once, else the failure to report
   */
  async failed(failure: TransportError, unbilled: boolean): Promise<'again' | TransportError> {
    const used = this.#current?.key;
    const verdict = used && verdictOnKey(failure);
    if (!used || !verdict) return failure;
    this.#gone.add(used);
    const provider = this.#plan.resolved.provider.name;
    if (verdict === 'limited') {
      const until = this.#now() + Math.min(failure.retryAfterMs ?? defaultRestMs, maxRestMs);
      await this.#pool.cool(provider, used, until, failure.message);
    } else {
      await this.#pool.setAside(provider, used, failure.message);
      const { status } = failure;
      const key = shownKey(used);
      const http = status === null ? '' : ` (HTTP ${status})`;
      const text = `${provider} refused the key ${key}${http}: it is put aside`;
      this.warnings.push(warning('key_refused', { provider, key, status }, text));
    }
    const candidates = await this.#candidates();
    if (choose(candidates, this.#gone)) return unbilled ? 'again' : failure;
    if (verdict === 'refused' && candidates.every(({ status }) => status.state === 'set_aside')) {
      failure.hint = `all ${candidates.length} keys of ${provider} were refused: save one that it takes`;
      return failure;
    }
    // Waiting does not help an account without credit.
    return failure.retryable || verdict === 'refused' ? this.#allCooling(candidates, failure) : failure;
  }

  async #candidates(): Promise<Candidate[]> {
    const { keys } = this.#plan;
    const statuses = await this.#pool.statuses(keys);
    return keys.map((key, at) => ({ key, status: statuses[at] as KeyStatus }));
  }

  /** Includes the provider's own message. */
  #allCooling(candidates: readonly Candidate[], last: TransportError | undefined): TransportError {
    const provider = this.#plan.resolved.provider.name;
    const until = untilOf(soonest(candidates)) ?? this.#now();
    const refused = candidates.filter(({ status }) => status.state === 'set_aside').length;
    const which = refused
      ? `${candidates.length - refused} of ${candidates.length} keys cool down, ${refused} are put aside`
      : `all ${candidates.length} keys cool down`;
    const words = last ? `; the last answer: ${last.message}` : '';
    const message = `${which}: the next one is free at ${new Date(until).toISOString()}${words}`;
    return new TransportError('provider_rate_limited', message, {
      status: last?.status ?? null,
      upstreamCode: last?.upstreamCode ?? null,
      body: last?.body,
      retryAfterMs: Math.max(0, until - this.#now()),
      retryable: true,
      hint: `wait, or add another key of ${provider}`,
    });
  }
}

/**
 * A free key, in order. If none is even cooling down, a key that was refused earlier, because the provider
 * may accept it by now.
 */
function choose(candidates: readonly Candidate[], gone: ReadonlySet<FoundKey>): Candidate | undefined {
  const left = candidates.filter(({ key }) => !gone.has(key));
  const free = left.find(({ status }) => status.state === 'free');
  if (free) return free;
  if (candidates.some(({ status }) => status.state === 'cooling')) return undefined;
  return left[0];
}

function soonest(candidates: readonly Candidate[]): Candidate | undefined {
  const cooling = candidates.filter(({ status }) => status.state === 'cooling');
  return cooling.toSorted((a, b) => (untilOf(a) ?? 0) - (untilOf(b) ?? 0))[0];
}

function untilOf(candidate: Candidate | undefined): number | undefined {
  return candidate?.status.state === 'cooling' ? candidate.status.until : undefined;
}
