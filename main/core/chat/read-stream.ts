import type { RawEvent, StreamPart } from '../../adapters/define.ts';
import type { AnySignal } from '../lib/call-signal.ts';
import type { ByteRange } from '../net/byte-range.ts';
import { EventReader } from '../net/event-reader.ts';
import { maxReplyBytes, replyTooLarge } from '../net/read-body.ts';
import type { WireReply } from '../net/transport.ts';
import { WireFailure } from '../net/wire-failure.ts';
import { badReply, isTransient } from './bad-reply.ts';
import { withPartial } from './partial-reply.ts';
import { Passage } from './stream-passthrough.ts';
import type { Plan } from './plan.ts';
import { ReplyCollector } from './reply-collector.ts';
import type { ChatSink } from './stream-listener.ts';

/** Usage may follow the end mark; a server that keeps the line open after it is not waited for longer. */
const afterEndMs = 2000;

function tell(sink: ChatSink | undefined, part: StreamPart): void | Promise<void> {
  if (!sink) return undefined;
  if (part.type === 'text') return part.text ? sink.delta(part.text) : undefined;
  if (part.type === 'reasoning') return sink.reasoning(part.text);
  if (part.type !== 'tool') return undefined;
  const { type: _type, ...tool } = part;
  return sink.tool(tool);
}

/** An error inside a 200 stream, in the provider's words. */
function streamFailure(part: Extract<StreamPart, { type: 'error' }>): WireFailure {
  const { code, upstreamCode, upstreamMessage } = part.error;
  return new WireFailure(code, upstreamMessage, { status: 200, upstreamCode, retryable: isTransient(code) });
}

function cutOff(collected: ReplyCollector): WireFailure {
  const so = collected.hasContent ? `after ${collected.text.length} characters` : 'before the first word';
  return new WireFailure('provider_interrupted', `the provider ended the stream ${so} without its end mark`, {
    status: 200,
    retryable: true,
  });
}

export interface StreamReading {
  plan: Plan;
  reply: WireReply;
  sink: ChatSink | undefined;
  /** Aborted when the caller leaves: then what came is no reply. */
  signal: AnySignal;
  onContent(): void;
}

/** Where the stream's own bytes go on, if the caller takes them. */
function passageOf({ plan, reply, sink }: StreamReading): Passage | undefined {
  const write = plan.passThrough ? sink?.pass?.(reply.headers) : undefined;
  return write && plan.passThrough
    ? new Passage(write, { ...plan.passThrough, keepsEnd: plan.schema !== undefined })
    : undefined;
}

/** Reads the events out of what arrives, in the same moment: whoever waits for a word gets it with its packet. */
class Reading {
  readonly #of: StreamReading;
  readonly #collected: ReplyCollector;
  readonly #passage: Passage | undefined;
  readonly #events: EventReader;
  readonly #state: unknown;
  /** Why the caller has to be waited for; undefined while it keeps up. */
  #wait: Promise<void> | undefined;

  constructor(of: StreamReading, collected: ReplyCollector, passage: Passage | undefined) {
    this.#of = of;
    this.#collected = collected;
    this.#passage = passage;
    this.#events = new EventReader(of.plan.adapter.framing);
    this.#state = of.plan.adapter.newStream();
  }

  take(chunk: Buffer): void | Promise<void> {
    try {
      for (const { bytes, events } of this.#events.push(chunk)) this.#told(events, bytes);
    } catch (error) {
      // What came before the error in the same packet is the caller's.
      void this.#flush();
      throw error;
    }
    return this.#flush();
  }

  /** @throws WireFailure where the stream has not come to its end mark */
  async end(): Promise<void> {
    const { events, bytes, head } = this.#events.end();
    this.#told(events, bytes);
    await this.#flush();
    if (this.#collected.ended) return;
    const { status } = this.#of.reply;
    throw head !== null ? badReply(head, status) : cutOff(this.#collected);
  }

  #told(events: readonly RawEvent[], bytes: ByteRange): void {
    const { plan, sink, onContent } = this.#of;
    for (const event of events) {
      for (const part of plan.adapter.fromStreamEvent(event, this.#state)) {
        if (part.type === 'error') throw streamFailure(part);
        this.#collected.add(part);
        if (part.type === 'text' || part.type === 'tool') onContent();
        const wait = this.#passage ? undefined : tell(sink, part);
        if (wait) this.#wait = wait;
      }
    }
    this.#passage?.take(bytes, events);
  }

  /** What one packet brought was told in one go: the last answer says whether there is room for the next. */
  #flush(): void | Promise<void> {
    const wait = this.#passage?.flush() ?? this.#wait;
    this.#wait = undefined;
    return wait;
  }
}

async function readAll(
  of: StreamReading,
  collected: ReplyCollector,
  passage: Passage | undefined,
): Promise<void> {
  const reading = new Reading(of, collected, passage);
  const { body } = of.reply;
  let size = 0;
  let afterEnd: NodeJS.Timeout | undefined;
  try {
    await body.read((chunk) => {
      size += chunk.length;
      if (size > maxReplyBytes) throw replyTooLarge(maxReplyBytes);
      const wait = reading.take(chunk);
      clearTimeout(afterEnd);
      if (collected.ended) afterEnd = setTimeout(() => body.destroy(), afterEndMs);
      return wait;
    });
  } finally {
    clearTimeout(afterEnd);
  }
  await reading.end();
}

/**
 * Reads a streamed reply to its end mark, telling each piece on the way.
 * @throws WireFailure; whatever the socket threw. What had come goes with the error, and forbids another attempt.
 */
export async function readStream(reading: StreamReading): Promise<ReplyCollector> {
  const { reply, signal } = reading;
  const collected = new ReplyCollector();
  const passage = passageOf(reading);
  try {
    await readAll(reading, collected, passage);
  } catch (error) {
    reply.body.destroy();
    // The reply was whole; only its connection did not end well.
    if (collected.ended && !(error instanceof WireFailure) && !signal.aborted) return collected;
    throw withPartial(error as Error, passage?.began ? collected.result() : collected.partial());
  }
  // Some wires tell a running total with every event: the caller gets the last one.
  if (collected.usage) await reading.sink?.usage(collected.usage);
  return collected;
}
