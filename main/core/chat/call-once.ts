import type { ChatResult } from '../../adapters/define.ts';
import { AppError } from '../lib/app-error.ts';
import type { AnySignal } from '../lib/call-signal.ts';
import { isObject } from '../lib/json.ts';
import type { Log } from '../lib/log.ts';
import { checkedUrl } from '../net/address.ts';
import { jsonOrUndefined, readBytes, readStart } from '../net/read-body.ts';
import { retryAfterMs } from '../net/retry-after.ts';
import type { Transport, WireReply } from '../net/transport.ts';
import { socketFailure, WireFailure } from '../net/wire-failure.ts';
import { badReply, isTransient, shownBody } from './bad-reply.ts';
import { partialOf, withPartial } from './partial-reply.ts';
import type { Plan } from './plan.ts';
import type { ReplyBytes } from './reply-bytes.ts';
import { readStream } from './read-stream.ts';
import { headersWithKey } from './show-plan.ts';
import type { ChatSink } from './stream-listener.ts';

export interface CallParts {
  transport: Transport;
  log: Log;
  ownPort(): number | null;
}

/** One attempt of a chat. */
export interface CallRequest {
  plan: Plan;
  requestId: string;
  signal: AnySignal;
  sink?: ChatSink | undefined;
}

export interface CallOutcome {
  result: ChatResult;
  status: number;
  headers: Record<string, string>;
  /** The provider's JSON; null for a stream. */
  raw: unknown;
  /** Its bytes, where they are to go on as they came. */
  bytes?: ReplyBytes | undefined;
  firstTokenMs: number | undefined;
}

const errorBodyLimit = 1024 * 1024;

/** Our own answer to a call that came back by a detour. */
function isOurLoop(status: number, json: unknown): boolean {
  if (status !== 508 || !isObject(json)) return false;
  const { code } = isObject(json['error']) ? json['error'] : json;
  return code === 'loop_detected';
}

async function failureOf(plan: Plan, reply: WireReply): Promise<Error> {
  const text = await readStart(reply, errorBodyLimit);
  const json = jsonOrUndefined(text);
  if (isOurLoop(reply.status, json))
    throw new AppError(
      'loop_detected',
      `${plan.resolved.provider.name} leads back to this server: the call came back to us`,
    );
  const {
    code,
    upstreamCode,
    upstreamMessage,
    retryAfterMs: asked,
  } = plan.adapter.toError(reply.status, json, text);
  const redirect = reply.status >= 300 && reply.status < 400;
  return new WireFailure(
    code,
    redirect ? `redirected to ${reply.headers['location'] ?? 'nowhere'}` : upstreamMessage,
    {
      status: reply.status,
      upstreamCode,
      body: text.slice(0, shownBody),
      retryAfterMs: retryAfterMs(reply.headers['retry-after'], Date.now()) ?? asked,
      retryable: reply.status === 408 || reply.status === 429 || reply.status >= 500,
      hint: redirect
        ? 'redirects are not followed, since a key goes only where it was saved for: set the final address'
        : undefined,
    },
  );
}

/** A 200 whose body is the provider's error envelope. */
function errorIn200(plan: Plan, raw: unknown, text: string): WireFailure | undefined {
  if (!isObject(raw) || !('error' in raw)) return undefined;
  const { code, upstreamCode, upstreamMessage } = plan.adapter.toError(200, raw, text);
  return new WireFailure(code, upstreamMessage, {
    status: 200,
    upstreamCode,
    body: text.slice(0, shownBody),
    retryable: isTransient(code),
  });
}

/** A refusal with no text in it is a failure in the provider's words; one with text is a reply that says so. */
function filteredOr(result: ChatResult, status: number): ChatResult {
  if (result.filtered !== undefined && result.text === '' && result.toolCalls.length === 0)
    throw withPartial(new WireFailure('content_filtered', result.filtered, { status }), result);
  return result;
}

/** A reply that came whole, told in the pieces of a stream. */
async function tellWhole({ text, reasoning, toolCalls, usage }: ChatResult, sink: ChatSink): Promise<void> {
  if (reasoning) await sink.reasoning(reasoning);
  if (text) await sink.delta(text);
  for (const [index, { type: _type, function: fn, ...call }] of toolCalls.entries())
    await sink.tool({ index, ...call, ...fn });
  if (usage) await sink.usage(usage);
}

/** A reply that came whole; `asItCame` where its bytes go on. */
function wholeOf(plan: Plan, bytes: Buffer, { status, headers }: WireReply, asItCame: boolean): CallOutcome {
  const text = bytes.toString('utf8');
  const raw = jsonOrUndefined(text);
  const result = raw === undefined ? null : plan.adapter.fromResponse(raw);
  if (!result) throw errorIn200(plan, raw, text) ?? badReply(text, status);
  // A refusal is told in the reply's own place to whoever gets the reply as it came.
  if (asItCame) return { result, status, headers, raw, bytes: { bytes, text }, firstTokenMs: undefined };
  return { result: filteredOr(result, status), status, headers, raw, firstTokenMs: undefined };
}

/** What went wrong, as one failure; after content that the caller saw no other attempt is made. */
function failureFrom(error: unknown, signal: AnySignal, origin: string, timeoutMs: number): Error {
  const partial = partialOf(error);
  if (signal.aborted)
    return withPartial(new AppError('cancelled', 'the caller left before the reply was complete'), partial);
  if (error instanceof AppError) return error;
  const failure = socketFailure(error, origin, timeoutMs);
  if (partial) failure.retryable = false;
  return withPartial(failure, partial);
}

/**
 * Sends the plan's bytes once and reads the answer.
 * @throws WireFailure for anything the provider or the network did; AppError `cancelled` when the caller left,
 * `loop_detected` when the call came back to us
 */
export async function callOnce(
  parts: CallParts,
  { plan, requestId, signal, sink }: CallRequest,
): Promise<CallOutcome> {
  const { method, body } = plan;
  const { timeoutMs } = plan.resolved.provider;
  const url = checkedUrl(plan.url, parts.ownPort());
  const started = performance.now();
  let firstTokenMs: number | undefined;
  try {
    const reply = await parts.transport.send({
      method,
      url,
      headers: headersWithKey(plan),
      body,
      timeoutMs,
      signal,
    });
    if (parts.log.isLevelEnabled('debug'))
      parts.log.debug(
        {
          request_id: requestId,
          url: plan.url,
          status: reply.status,
          ms: Math.round(performance.now() - started),
        },
        'provider request',
      );
    if (reply.status < 200 || reply.status > 299) throw await failureOf(plan, reply);
    const { status, headers } = reply;
    // Some servers answer a streaming request with one JSON body: then it is read as one.
    if (plan.streams && !/^application\/json\b/i.test(headers['content-type'] ?? '')) {
      const onContent = () => (firstTokenMs ??= performance.now() - started);
      const collected = await readStream({ plan, reply, sink, signal, onContent });
      const result = collected.result();
      return {
        result: plan.passThrough ? result : filteredOr(result, status),
        status,
        headers,
        raw: null,
        firstTokenMs,
      };
    }
    const outcome = wholeOf(plan, await readBytes(reply), reply, plan.passThrough !== null && !sink);
    if (sink) await tellWhole(outcome.result, sink);
    return outcome;
  } catch (error) {
    throw failureFrom(error, signal, url.origin, timeoutMs);
  }
}
