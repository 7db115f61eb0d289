import type { ChatResult } from '../../../adapters/define.ts';
import { AppError } from '../../lib/app-error.ts';
import { isObject } from '../../lib/json.ts';
import type { Log } from '../../lib/log/log.ts';
import { checkedUrl } from '../../net/address.ts';
import { decodedReply } from '../../net/decoded-body.ts';
import { jsonOrUndefined, readStart } from '../../net/read-body.ts';
import { NeverSent, type Transport, type HttpReply } from '../../net/transport.ts';
import { connectionOf, socketFailure, TransportError } from '../../net/transport-error.ts';
import { shownBody } from '../reply/bad-reply.ts';
import type { Plan } from '../plan/plan.ts';
import { readReply } from '../reply/read-reply.ts';
import type { ReplyBytes } from '../reply/reply-bytes.ts';
import type { StreamListener } from '../reply/stream-listener.ts';

/**
 * The wait that a provider requests, in milliseconds from `now`: `retry-after-ms` (OpenAI, Azure), else
 * `Retry-After` in seconds or as an HTTP date (RFC 9110, 10.2.3). Undefined if there is none.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const exact = Number(headers['retry-after-ms'] ?? NaN);
  if (Number.isFinite(exact) && exact >= 0) return exact;
  const header = headers['retry-after']?.trim();
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * The headers of the live call, including the credential: alternating names and values. A plan's own headers
 * do not contain it.
 */
export function headersWithKey({ adapter: { auth }, headers, key }: Plan): string[] {
  const list: string[] = [];
  for (const name in headers) if (!key || name !== auth?.header) list.push(name, headers[name] as string);
  if (auth && key) list.push(auth.header, auth.prefix + key.key);
  return list;
}

export interface SendParts {
  transport: Transport;
  log: Log;
  ownPort(): number | null;
}

/** One attempt of a chat. */
export interface SendRequest {
  plan: Plan;
  requestId: string;
  signal: AbortSignal;
  streamListener?: StreamListener | undefined;
  /** Called with a reply's headers, whatever its status, before its body is read. */
  onHeaders?: ((headers: Readonly<Record<string, string>>) => void) | undefined;
}

/** A reply that was read to its end. */
export interface SendOutcome {
  result: ChatResult;
  status: number;
  headers: Record<string, string>;
  /** The provider's JSON; null for a stream. */
  raw: unknown;
  /** The raw bytes, if the reply was one document. */
  bytes: ReplyBytes | undefined;
  firstTokenMs: number | undefined;
}

/**
 * What a failed attempt means for billing. `none`: it was never sent, or the provider refused it in its own
 * error format. `partial`: a stream that broke after some content. `unknown`: anything else.
 */
export type FailureCharge = 'none' | 'partial' | 'unknown';

export type SendResult =
  | { ok: true; outcome: SendOutcome }
  | { ok: false; error: TransportError | AppError; charge: FailureCharge; partial: ChatResult | undefined };

const errorBodyLimit = 1024 * 1024;

/** Our own error for a call that was routed back to this server. */
function isOurLoop(status: number, json: unknown): boolean {
  if (status !== 508 || !isObject(json)) return false;
  const { code } = isObject(json['error']) ? json['error'] : json;
  return code === 'loop_detected';
}

/** Why a call was aborted: the caller disconnected, or the server is stopping. */
export const cancelledBy = ({ reason }: AbortSignal): AppError =>
  reason instanceof AppError
    ? reason
    : new AppError('cancelled', 'the caller left before the reply was complete');

/** A non-2xx answer, with the provider's message. */
export async function refusal(plan: Plan, reply: HttpReply): Promise<Extract<SendResult, { ok: false }>> {
  const text = await readStart(reply, errorBodyLimit);
  const json = jsonOrUndefined(text);
  const { status, headers } = reply;
  const provider = plan.resolved.provider.name;
  if (isOurLoop(status, json)) {
    const message = `${provider} leads back to this server: the call came back to us`;
    return { ok: false, error: new AppError('loop_detected', message), charge: 'none', partial: undefined };
  }
  const reported = plan.adapter.toError(status, json, text);
  const redirect = status >= 300 && status < 400;
  const error = new TransportError(
    reported.code,
    redirect ? `redirected to ${headers['location'] ?? 'nowhere'}` : reported.upstreamMessage,
    {
      status,
      upstreamCode: reported.upstreamCode,
      body: text.slice(0, shownBody),
      retryAfterMs: retryAfterMs(headers, Date.now()) ?? reported.retryAfterMs,
      retryable: reported.retryable ?? (status === 408 || status === 429 || status >= 500),
      hint: redirect
        ? 'redirects are not followed, since a key goes only where it was saved for: set the final address'
        : reported.hint,
    },
  );
  // A redirect is sent before a model is called. A gateway's error page says nothing about the model behind
  // it.
  const charge = redirect || (status >= 400 && reported.isOwnShape) ? 'none' : 'unknown';
  return { ok: false, error, charge, partial: undefined };
}

/**
 * Sends the plan's bytes once and reads the answer. Provider and network errors are returned, not thrown.
 * @throws AppError `unsafe_address` before anything is sent
 */
export async function sendOnce(parts: SendParts, request: SendRequest): Promise<SendResult> {
  const { plan, requestId, signal, streamListener } = request;
  const { method, body } = plan;
  const { timeoutMs } = plan.resolved.provider;
  const url = checkedUrl(plan.url, parts.ownPort());
  const started = performance.now();
  let firstTokenMs: number | undefined;
  try {
    const headers = headersWithKey(plan);
    const sent = await parts.transport.send({ method, url, headers, body, timeoutMs, signal });
    const ms = Math.round(performance.now() - started);
    parts.log.debug({ request_id: requestId, url: plan.url, status: sent.status, ms }, 'provider request');
    request.onHeaders?.(sent.headers);
    const reply = decodedReply(sent);
    if (reply.status < 200 || reply.status > 299) return await refusal(plan, reply);
    const onContent = () => void (firstTokenMs ??= performance.now() - started);
    const read = await readReply({ plan, reply, streamListener, signal, onContent });
    if (!read.whole) return broken(read.error, read.partial, request, url.origin);
    const { result, raw, bytes } = read;
    const outcome = { result, status: reply.status, headers: reply.headers, raw, bytes };
    return { ok: true, outcome: { ...outcome, firstTokenMs: plan.streams ? firstTokenMs : undefined } };
  } catch (error) {
    return broken(error as Error, undefined, request, url.origin);
  }
}

/** The failure to report. After content has reached the caller, there are no more attempts. */
function broken(
  error: Error,
  partial: ChatResult | undefined,
  { plan, signal }: SendRequest,
  origin: string,
): SendResult {
  const neverSent = error instanceof NeverSent;
  const charge = neverSent ? 'none' : partial ? 'partial' : 'unknown';
  if (signal.aborted && !isTotalTimeout(signal))
    return { ok: false, error: cancelledBy(signal), charge, partial };
  if (error instanceof AppError) return { ok: false, error, charge, partial };
  const failure = signal.aborted
    ? totalTimeout(origin)
    : socketFailure(neverSent ? error.cause : error, origin, plan.resolved.provider.timeoutMs);
  if (partial) failure.retryable = false;
  return { ok: false, error: failure, charge, partial };
}

const isTotalTimeout = ({ reason }: AbortSignal) =>
  reason instanceof DOMException && reason.name === 'TimeoutError';

const totalTimeout = (origin: string) =>
  new TransportError('provider_timeout', `the call to ${origin} exceeded the total time limit of a call`, {
    ...connectionOf('total_timeout', { origin }),
    hint: "raise the provider's timeout (COMFYVN_LLM_<PROVIDER>_TIMEOUT, in seconds): a call may take ten times that in all",
  });
