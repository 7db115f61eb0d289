import { originOf } from '../../net/origin.ts';
import { TransportError } from '../../net/transport-error.ts';
import type { Plan } from '../plan/plan.ts';
import { describeAttempt, type AttemptEnd } from './describe-attempt.ts';
import { endAttempt, endTurn, type AnsweredAttempt } from './end-attempt.ts';
import { KeyRotation } from './key-rotation.ts';
import { openAttempt, type AttemptParts, type AttemptRequest, type OpenAttempt } from './open-attempt.ts';
import { RetrySchedule, type AttemptStart } from './retry-schedule.ts';
import { sendOnce, type SendResult } from './send-once.ts';

/**
 * Sends a plan, with retries before the first content only: on refused connections, 408, 429 and 5xx, with
 * jitter, and after `Retry-After` if the provider sends it. If a key is refused or rate limited, the
 * provider's next key is tried at once. Each attempt waits for room in its key's rate limits and reserves its
 * cost before it is sent.
 * @throws TransportError of the last attempt, `provider_rate_limited` if a limit has no room in time;
 * AppError `cancelled`, `loop_detected`, `budget_exceeded`, `ledger_unavailable`
 */
export async function sendWithRetries(
  parts: AttemptParts,
  request: AttemptRequest,
): Promise<AnsweredAttempt> {
  const sender = new AttemptSender(parts, request);
  const schedule = new RetrySchedule(parts.waits, request);
  let start: AttemptStart = { reason: request.reason, waited: null, atOnce: false, before: undefined };
  for (;;) {
    const made = await sender.attempt(start);
    if ('answered' in made) return made.answered;
    const { failure, hasNextKey } = made;
    start = hasNextKey
      ? { reason: 'key', waited: null, atOnce: false, before: failure }
      : await schedule.waitAfter(failure);
  }
}

/** `hasNextKey`: the key was refused or limited, and another one can be tried at once. */
type MadeAttempt = { answered: AnsweredAttempt } | { failure: TransportError; hasNextKey: boolean };

/** Adds the attempt to those of the call. */
type RecordAttempt = (plan: Plan, end: Omit<AttemptEnd, 'ms'>) => void;

/** Makes the attempts of one call. */
class AttemptSender {
  readonly #parts: AttemptParts;
  readonly #request: AttemptRequest;
  readonly #keys: KeyRotation;
  readonly #origin: string;
  /** The call has sent a request, or is about to. */
  #started = false;

  constructor(parts: AttemptParts, request: AttemptRequest) {
    this.#parts = parts;
    this.#request = request;
    this.#keys = new KeyRotation(parts.keyPool, request.plan, parts.now);
    this.#origin = originOf(request.plan.url) ?? request.plan.url;
  }

  /**
   * Chooses a key, waits for its rate limits, reserves, sends and settles.
   * @throws AppError if something other than the provider's failure ends the call
   */
  async attempt(start: AttemptStart): Promise<MadeAttempt> {
    const { plan, attempts } = this.#request;
    const began = performance.now();
    const record: RecordAttempt = (sent, end) => {
      const ms = performance.now() - began - end.queued;
      attempts.push(describeAttempt(sent, attempts.length + 1, start, { ...end, ms }));
    };
    const unsent = (planned: Plan, failure: TransportError): MadeAttempt => {
      record(planned, { error: failure, status: null, queued: 0, charge: null });
      return { failure, hasNextKey: false };
    };
    const chosen = await this.#keys.next(start.waited !== null);
    if (chosen instanceof TransportError) return unsent(plan, chosen);
    const open = await this.#open(chosen, start);
    if (open instanceof TransportError) return unsent(chosen, open);
    if (!this.#started) await startedOrReleased(this.#request, open);
    this.#started = true;
    return this.#send(open, record);
  }

  #open(chosen: Plan, { atOnce, before }: AttemptStart): Promise<OpenAttempt | TransportError> {
    const next = { chosen, keys: this.#keys, origin: this.#origin, atOnce, started: this.#started };
    return openAttempt(this.#parts, this.#request, next, before);
  }

  async #send(open: OpenAttempt, record: RecordAttempt): Promise<MadeAttempt> {
    const { plan: sentPlan, queuedMs: queued } = open;
    const { plan, price, streamListener } = this.#request;
    const { breakers, rateLimits } = this.#parts;
    const sent = await sendGuarded(this.#parts, this.#request, open);
    const ended = await endAttempt(plan, price, open.reservation, sent);
    endTurn(rateLimits, open, ended);
    const { charge } = ended;
    if (ended.ok) {
      const { usage, outcome, warnings } = ended.answered;
      breakers.succeeded(this.#origin);
      record(sentPlan, { error: null, status: outcome.status, queued, charge });
      await this.#keys.succeeded();
      await streamListener?.usage(usage);
      return { answered: { ...ended.answered, warnings: [...warnings, ...this.#keys.warnings] } };
    }
    const { error } = ended;
    if (!(error instanceof TransportError)) {
      record(sentPlan, { error: null, status: null, queued, charge });
      throw error;
    }
    breakers.failed(this.#origin, error);
    record(sentPlan, { error, status: null, queued, charge });
    const isUnbilled = !sent.ok && sent.charge === 'none';
    const next = await this.#keys.failed(error, isUnbilled);
    return next === 'again' ? { failure: error, hasNextKey: true } : { failure: next, hasNextKey: false };
  }
}

/** If the start cannot be reported, nothing is sent. */
async function startedOrReleased({ onStart }: AttemptRequest, open: OpenAttempt): Promise<void> {
  try {
    await onStart?.();
  } catch (error) {
    open.reservation.release();
    open.turn?.release();
    throw error;
  }
}

/**
 * Sends, unless too many calls with the same bytes are in progress: such calls form a loop through this
 * server.
 */
async function sendGuarded(
  parts: AttemptParts,
  { requestId, signal, streamListener }: AttemptRequest,
  { plan, limited, reservation, turn }: OpenAttempt,
): Promise<SendResult> {
  const same = `${plan.sha256} ${plan.url}`;
  try {
    parts.loopGuard.enter(same);
  } catch (error) {
    reservation.release();
    turn?.release();
    throw error;
  }
  const onHeaders = (headers: Readonly<Record<string, string>>) =>
    parts.rateLimits.reported(limited, headers);
  try {
    return await sendOnce(parts, { plan, requestId, signal, streamListener, onHeaders });
  } catch (error) {
    // Refused before anything was sent.
    reservation.release();
    turn?.release();
    throw error;
  } finally {
    parts.loopGuard.leave(same);
  }
}
