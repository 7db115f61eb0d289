import type { ChatResult, RawEvent, StreamPart } from '../../../adapters/define.ts';
import { isObject } from '../../lib/json.ts';
import type { ByteRange } from '../../net/events/byte-range.ts';
import { EventReader, type ReadPiece } from '../../net/events/event-reader.ts';
import { jsonOrUndefined, maxReplyBytes, replyTooLarge } from '../../net/read-body.ts';
import type { HttpReply } from '../../net/transport.ts';
import { TransportError } from '../../net/transport-error.ts';
import { badReply, isTransient, shownBody } from './bad-reply.ts';
import { bodyKind, textWithoutMark, type BodyKind } from '../plan/body-kind.ts';
import type { Plan } from '../plan/plan.ts';
import { ReplyCollector } from './reply-collector.ts';
import type { ReplyBytes } from './reply-bytes.ts';
import { splitThinking, ThinkingSplitter } from './split-thinking.ts';
import type { StreamListener } from './stream-listener.ts';
import { StreamPassthrough } from './stream-passthrough.ts';

/** Usage may follow the end mark. If the server keeps the connection open, wait only this long. */
const afterEndMs = 2000;

export interface ReplyReading {
  plan: Plan;
  reply: HttpReply;
  streamListener: StreamListener | undefined;
  /** Aborted when the caller disconnects; what was received is then not a reply. */
  signal: AbortSignal;
  /** Called with the first content. */
  onContent(): void;
}

/** A reply read to its end, or as far as it arrived. */
export type ReadReply =
  | { whole: true; result: ChatResult; raw: unknown; bytes: ReplyBytes | undefined }
  | { whole: false; error: Error; partial: ChatResult | undefined };

/**
 * Reads a 2xx reply. Its first bytes decide between a JSON document and an event stream, because some servers
 * stream without being asked to, and others answer a streaming request with one document.
 */
export async function readReply(reading: ReplyReading): Promise<ReadReply> {
  const reader = new ReplyReader(reading);
  const { body } = reading.reply;
  let size = 0;
  let afterEnd: NodeJS.Timeout | undefined;
  try {
    await body.read((chunk) => {
      size += chunk.length;
      if (size > maxReplyBytes) throw replyTooLarge(maxReplyBytes);
      const wait = reader.take(chunk);
      clearTimeout(afterEnd);
      if (reader.ended) afterEnd = setTimeout(() => body.destroy(), afterEndMs);
      return wait;
    });
  } catch (error) {
    body.destroy();
    // The reply is complete; only its connection ended badly.
    if (!reader.ended || error instanceof TransportError || reading.signal.aborted)
      return { whole: false, error: error as Error, partial: reader.partial() };
  } finally {
    clearTimeout(afterEnd);
  }
  try {
    return await reader.end();
  } catch (error) {
    return { whole: false, error: error as Error, partial: reader.partial() };
  }
}

class ReplyReader {
  readonly #of: ReplyReading;
  #kind: BodyKind | undefined;
  #chunks: Buffer[] = [];
  #events: EventStream | undefined;

  constructor(of: ReplyReading) {
    this.#of = of;
  }

  /** True once the stream's end mark has been seen. */
  get ended(): boolean {
    return this.#events?.ended ?? false;
  }

  partial(): ChatResult | undefined {
    return this.#events?.partial();
  }

  take(chunk: Buffer): void | Promise<void> {
    if (this.#events) return this.#events.take(chunk);
    this.#chunks.push(chunk);
    if (this.#kind === 'document') return undefined;
    const head = Buffer.concat(this.#chunks);
    this.#kind = bodyKind(head, this.#of.plan);
    if (this.#kind !== 'sse' && this.#kind !== 'ndjson') return undefined;
    this.#chunks = [];
    this.#events = new EventStream(this.#of, this.#kind);
    return this.#events.take(textWithoutMark(head));
  }

  /** @throws TransportError */
  async end(): Promise<ReadReply> {
    if (this.#events) {
      const result = await this.#events.end();
      return { whole: true, result, raw: null, bytes: undefined };
    }
    return this.#document(Buffer.concat(this.#chunks));
  }

  async #document(bytes: Buffer): Promise<ReadReply> {
    const { plan, reply, streamListener } = this.#of;
    const text = textWithoutMark(bytes).toString('utf8');
    if (text.trim() === '' && isStreamLabel(reply.headers['content-type']))
      throw cutOff(new ReplyCollector());
    const raw = jsonOrUndefined(text);
    const events = documentEvents(raw, text);
    const read = raw === undefined ? null : plan.adapter.fromResponse(raw);
    const result = read ?? (events && resultOfEvents(plan, events));
    if (!result) throw errorInside(plan, raw, text) ?? badReply(text, reply.status);
    const whole = splitThinking(result);
    if (streamListener) {
      if (whole.text || whole.toolCalls.length) this.#of.onContent();
      await tellWhole(whole, streamListener);
    }
    return { whole: true, result: whole, raw, bytes: { bytes, text } };
  }
}

/** The content type is the only clue for an empty body. */
const isStreamLabel = (type = '') => /event-stream|ndjson|jsonlines/i.test(type);

/** A document that is an array of stream chunks (Gemini without `alt=sse`), or JSON lines. */
function documentEvents(raw: unknown, text: string): RawEvent[] | null {
  if (Array.isArray(raw) && raw.every(isObject)) return raw.map((chunk) => ({ data: JSON.stringify(chunk) }));
  if (raw !== undefined) return null;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const isJsonLines = lines.length > 1 && lines.every((line) => isObject(jsonOrUndefined(line)));
  return isJsonLines ? lines.map((data) => ({ data })) : null;
}

function resultOfEvents(plan: Plan, events: readonly RawEvent[]): ChatResult | null {
  const collected = new ReplyCollector();
  const state = plan.adapter.newStream();
  for (const event of events)
    for (const part of plan.adapter.fromStreamEvent(event, state)) {
      if (part.type === 'error') throw streamFailure(part);
      collected.add(part);
    }
  return collected.ended ? collected.result() : null;
}

/** Reports a complete reply as stream parts. */
async function tellWhole(
  { text, reasoning, toolCalls }: ChatResult,
  streamListener: StreamListener,
): Promise<void> {
  if (reasoning) await streamListener.reasoning(reasoning);
  if (text) await streamListener.delta(text);
  for (const [index, { type: _type, function: fn, ...call }] of toolCalls.entries())
    await streamListener.tool({ index, ...call, ...fn });
}

/** A 200 whose body is the provider's error envelope. */
function errorInside(plan: Plan, raw: unknown, text: string): TransportError | undefined {
  if (!isObject(raw) || !('error' in raw)) return undefined;
  const error = plan.adapter.toError(200, raw, text);
  return new TransportError(error.code, error.upstreamMessage, {
    status: 200,
    upstreamCode: error.upstreamCode,
    body: text.slice(0, shownBody),
    retryable: error.retryable ?? isTransient(error.code),
    hint: error.hint,
  });
}

/** An error inside a 200 stream, with the provider's message. */
function streamFailure(part: Extract<StreamPart, { type: 'error' }>): TransportError {
  const { code, upstreamCode, upstreamMessage, retryable, hint } = part.error;
  return new TransportError(code, upstreamMessage, {
    status: 200,
    upstreamCode,
    retryable: retryable ?? isTransient(code),
    hint,
  });
}

function cutOff(collected: ReplyCollector): TransportError {
  const where = collected.hasContent ? `after ${collected.text.length} characters` : 'before the first word';
  return new TransportError(
    'provider_interrupted',
    `the provider ended the stream ${where} without its end mark`,
    {
      status: 200,
      retryable: true,
    },
  );
}

/** Parses events as they arrive and reports each part at once. Reading pauses while the caller is slow. */
class EventStream {
  readonly #of: ReplyReading;
  readonly #collected = new ReplyCollector();
  readonly #thinking: ThinkingSplitter | undefined;
  readonly #passthrough: StreamPassthrough | undefined;
  readonly #events: EventReader;
  readonly #state: unknown;
  /** The first event, until one could be parsed. */
  #unread: string | undefined;
  #sawPart = false;
  /** Resolves when a slow caller is ready; undefined while it keeps up. */
  #wait: Promise<void> | undefined;

  constructor(of: ReplyReading, framing: 'sse' | 'ndjson') {
    this.#of = of;
    this.#passthrough = passthroughOf(of);
    // A caller who gets the provider's own bytes gets its thinking tags as well.
    this.#thinking = this.#passthrough ? undefined : new ThinkingSplitter();
    this.#events = new EventReader(framing);
    this.#state = of.plan.adapter.newStream();
  }

  get ended(): boolean {
    return this.#collected.ended;
  }

  /** What had arrived when the stream broke; undefined if nothing had. */
  partial(): ChatResult | undefined {
    return this.#passthrough?.began ? this.#collected.result() : this.#collected.partial();
  }

  take(chunk: Buffer): void | Promise<void> {
    try {
      for (const piece of this.#events.push(chunk)) this.#takePiece(piece);
    } catch (error) {
      // Content that arrived before the error in the same packet still goes to the caller.
      void this.#flush();
      throw error;
    }
    return this.#flush();
  }

  /** @throws TransportError if the stream ended without its end mark */
  async end(): Promise<ChatResult> {
    const { events, bytes, head } = this.#events.end();
    this.#takePiece({ events, bytes });
    for (const part of this.#thinking?.end() ?? []) this.#tell(part);
    await this.#flush();
    if (this.#collected.ended) return this.#result();
    const isUnderstood = this.#sawPart || this.#passthrough?.began;
    const unread = head ?? (isUnderstood ? undefined : this.#unread);
    throw unread === undefined ? cutOff(this.#collected) : badReply(unread, this.#of.reply.status);
  }

  #result(): ChatResult {
    const result = this.#collected.result();
    return this.#passthrough ? splitThinking(result) : result;
  }

  #takePiece({ events, bytes }: Omit<ReadPiece, 'head'>): void {
    for (const event of events) this.#takeEvent(event);
    this.#handOn(bytes, events);
  }

  #takeEvent(event: RawEvent): void {
    const { plan } = this.#of;
    this.#unread ??= event.data;
    for (const part of plan.adapter.fromStreamEvent(event, this.#state)) {
      this.#sawPart = true;
      if (part.type === 'error') throw streamFailure(part);
      if (part.type !== 'text' || !this.#thinking) this.#tell(part);
      else for (const split of this.#thinking.push(part.text)) this.#tell(split);
    }
  }

  #tell(part: StreamPart): void {
    this.#collected.add(part);
    if (part.type === 'text' || part.type === 'tool') this.#of.onContent();
    const wait = this.#passthrough ? undefined : tellPart(this.#of.streamListener, part);
    if (wait) this.#wait = wait;
  }

  #handOn(bytes: ByteRange, events: readonly RawEvent[]): void {
    this.#passthrough?.take(bytes, events);
  }

  /**
   * The contents of one packet are reported together; the last result says whether the caller is ready for
   * the next.
   */
  #flush(): void | Promise<void> {
    const wait = this.#passthrough?.flush() ?? this.#wait;
    this.#wait = undefined;
    return wait;
  }
}

function tellPart(streamListener: StreamListener | undefined, part: StreamPart): void | Promise<void> {
  if (!streamListener) return undefined;
  if (part.type === 'text') return part.text ? streamListener.delta(part.text) : undefined;
  if (part.type === 'reasoning') return streamListener.reasoning(part.text);
  if (part.type !== 'tool') return undefined;
  const { type: _type, ...tool } = part;
  return streamListener.tool(tool);
}

/** Where the stream's own bytes go, if the caller takes them. */
function passthroughOf({ plan, reply, streamListener }: ReplyReading): StreamPassthrough | undefined {
  const write = plan.passThrough ? streamListener?.pass?.(reply.headers) : undefined;
  return write && plan.passThrough
    ? new StreamPassthrough(write, { ...plan.passThrough, keepsEnd: plan.schema !== undefined })
    : undefined;
}
