import type { ChatResult, StreamPart } from '../../adapters/define.ts';
import { AppError } from '../app-error.ts';
import type { Log } from '../log.ts';
import { checkedUrl } from '../wire/address.ts';
import { createFramer } from '../wire/framing.ts';
import { jsonOrUndefined, readBody } from '../wire/read-body.ts';
import { retryAfterMs } from '../wire/retry-after.ts';
import type { Transport, WireReply } from '../wire/transport.ts';
import { socketFailure, WireFailure } from '../wire/wire-failure.ts';
import type { Plan } from './plan.ts';
import { ReplyCollector } from './reply-collector.ts';
import { headersWithKey } from './show-plan.ts';
import type { ChatSink } from './sink.ts';

export interface CallParts {
  transport: Transport;
  log: Log;
  ownPort(): number | null;
}

export interface CallOutcome {
  result: ChatResult;
  status: number;
  headers: Record<string, string>;
  /** The provider's JSON; null for a stream. */
  raw: unknown;
  firstTokenMs: number | undefined;
}

const errorBodyLimit = 1024 * 1024;
const shownBody = 4000;

async function failureOf(plan: Plan, reply: WireReply): Promise<WireFailure> {
  const text = await readBody(reply, errorBodyLimit);
  const { code, upstreamCode, upstreamMessage, retryAfterMs: asked } = plan.adapter.toError(reply.status, jsonOrUndefined(text), text);
  const redirect = reply.status >= 300 && reply.status < 400;
  return new WireFailure(code, redirect ? `redirected to ${reply.headers['location'] ?? 'nowhere'}` : upstreamMessage, {
    status: reply.status,
    upstreamCode,
    body: text.slice(0, shownBody),
    retryAfterMs: retryAfterMs(reply.headers['retry-after'], Date.now()) ?? asked,
    retryable: reply.status === 408 || reply.status === 429 || reply.status >= 500,
    hint: redirect ? 'redirects are not followed, since a key goes only where it was saved for: set the final address' : undefined,
  });
}

function badReply(text: string, status: number): WireFailure {
  const what = text.trim() === '' ? 'the reply is empty' : 'the reply is not what this wire sends';
  return new WireFailure('provider_bad_reply', what, { status, body: text.slice(0, shownBody) });
}

async function tell(sink: ChatSink | undefined, part: StreamPart): Promise<void> {
  if (!sink) return;
  if (part.type === 'text' && part.text) await sink.delta(part.text);
  else if (part.type === 'reasoning') await sink.reasoning(part.text);
  else if (part.type === 'usage') await sink.usage(part.usage);
  else if (part.type === 'tool') {
    const { type: _type, ...tool } = part;
    await sink.tool(tool);
  }
}

async function readStream(plan: Plan, reply: WireReply, sink: ChatSink | undefined, onContent: () => void): Promise<ReplyCollector> {
  const framer = createFramer(plan.adapter.framing);
  const decoder = new TextDecoder();
  const state = plan.adapter.newStream();
  const collected = new ReplyCollector();
  const take = async (events: ReturnType<typeof framer.push>) => {
    for (const event of events) {
      for (const part of plan.adapter.fromStreamEvent(event, state)) {
        if (part.type === 'error') throw streamFailure(part.error, collected);
        collected.add(part);
        if (part.type === 'text' || part.type === 'tool') onContent();
        await tell(sink, part);
      }
    }
  };
  try {
    for await (const chunk of reply.body) await take(framer.push(decoder.decode(chunk, { stream: true })));
    await take(framer.end());
  } catch (error) {
    reply.body.destroy();
    // Whole is whole: a server that then keeps the line open, or drops it, takes nothing away.
    if (collected.ended && !(error instanceof WireFailure)) return collected;
    throw Object.assign(error as Error, { collected });
  }
  if (!collected.ended) throw Object.assign(cutOff(collected), { collected });
  return collected;
}

function streamFailure(error: { code: WireFailure['code']; upstreamCode: string | null; upstreamMessage: string }, collected: ReplyCollector): WireFailure {
  const transient = ['provider_overloaded', 'provider_rate_limited', 'provider_error'].includes(error.code);
  const more = { status: 200, upstreamCode: error.upstreamCode, retryable: transient && !collected.hasContent };
  return new WireFailure(error.code, error.upstreamMessage, more);
}

function cutOff(collected: ReplyCollector): WireFailure {
  const so = collected.hasContent ? `after ${collected.text.length} characters` : 'before the first word';
  return new WireFailure('provider_interrupted', `the provider ended the stream ${so} without its end mark`, {
    status: 200,
    retryable: !collected.hasContent,
  });
}

/**
 * Sends the plan's bytes once and reads the answer.
 * @throws WireFailure for anything the provider or the network did; AppError `cancelled` when the caller left
 */
export async function callOnce(parts: CallParts, plan: Plan, signal: AbortSignal, sink?: ChatSink): Promise<CallOutcome> {
  const { method, body } = plan;
  const { timeoutMs } = plan.resolved.provider;
  const url = checkedUrl(plan.url, parts.ownPort());
  const started = performance.now();
  let firstTokenMs: number | undefined;
  try {
    const reply = await parts.transport.send({ method, url, headers: headersWithKey(plan), body, timeoutMs, signal });
    parts.log.debug({ url: plan.url, status: reply.status, ms: Math.round(performance.now() - started) }, 'provider request');
    if (reply.status < 200 || reply.status > 299) throw await failureOf(plan, reply);
    const { status, headers } = reply;
    // Some servers answer a streaming request with one JSON body: then it is read as one.
    if (plan.streams && !/^application\/json\b/i.test(headers['content-type'] ?? '')) {
      const onContent = () => (firstTokenMs ??= performance.now() - started);
      const collected = await readStream(plan, reply, sink, onContent);
      return { result: filteredOr(collected.result(), status), status, headers, raw: null, firstTokenMs };
    }
    const text = await readBody(reply);
    const raw = jsonOrUndefined(text);
    const result = raw === undefined ? null : plan.adapter.fromResponse(raw);
    if (!result) throw errorIn200(plan, raw, text) ?? badReply(text, status);
    if (sink && result.text) await sink.delta(result.text);
    if (sink && result.usage) await sink.usage(result.usage);
    return { result: filteredOr(result, status), status, headers, raw, firstTokenMs };
  } catch (error) {
    if (signal.aborted) throw new AppError('cancelled', 'the caller left before the reply was complete');
    if (error instanceof AppError) throw error;
    throw Object.assign(socketFailure(error, url.origin, timeoutMs), { collected: (error as { collected?: unknown }).collected });
  }
}

/** A 200 whose body is the provider's error envelope. */
function errorIn200(plan: Plan, raw: unknown, text: string): WireFailure | undefined {
  if (typeof raw !== 'object' || raw === null || !('error' in raw)) return undefined;
  const { code, upstreamCode, upstreamMessage } = plan.adapter.toError(200, raw, text);
  return new WireFailure(code, upstreamMessage, { status: 200, upstreamCode, body: text.slice(0, shownBody) });
}

/** A refusal with no text in it is a failure in the provider's words; one with text is a reply that says so. */
function filteredOr(result: ChatResult, status: number): ChatResult {
  if (result.filtered !== undefined && result.text === '' && result.toolCalls.length === 0)
    throw new WireFailure('content_filtered', result.filtered, { status });
  return result;
}
