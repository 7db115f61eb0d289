import type { RawEvent, StreamPart } from '../../adapters/define.ts';
import { EventBlocks } from '../wire/event-blocks.ts';
import { createFramer } from '../wire/framing.ts';
import { maxReplyBytes, replyTooLarge } from '../wire/read-body.ts';
import type { WireReply } from '../wire/transport.ts';
import { WireFailure } from '../wire/wire-failure.ts';
import { badReply, isTransient } from './bad-reply.ts';
import { withPartial } from './partial-reply.ts';
import { Passage } from './passage.ts';
import type { Plan } from './plan.ts';
import { ReplyCollector } from './reply-collector.ts';
import type { ChatSink } from './sink.ts';

/** Usage may follow the end mark; a server that keeps the line open after it is not waited for longer. */
const afterEndMs = 2000;
/** So much of a body that holds no event is kept to be shown. */
const keptHead = 4000;

async function tell(sink: ChatSink | undefined, part: StreamPart): Promise<void> {
  if (!sink) return;
  if (part.type === 'text' && part.text) await sink.delta(part.text);
  else if (part.type === 'reasoning') await sink.reasoning(part.text);
  else if (part.type === 'tool') {
    const { type: _type, ...tool } = part;
    await sink.tool(tool);
  }
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
  signal: AbortSignal;
  onContent(): void;
}

/** Where the stream's own bytes go on, if the caller takes them. */
function passageOf({ plan, reply, sink }: StreamReading): Passage | undefined {
  const write = plan.passThrough ? sink?.pass?.(reply.headers) : undefined;
  return write && plan.passThrough
    ? new Passage(write, { ...plan.passThrough, keepsEnd: plan.schema !== undefined })
    : undefined;
}

async function collect(
  { plan, reply, sink, onContent }: StreamReading,
  collected: ReplyCollector,
  passage: Passage | undefined,
): Promise<void> {
  const framer = createFramer(plan.adapter.framing);
  const decoder = new TextDecoder();
  const blocks = passage && new EventBlocks();
  const state = plan.adapter.newStream();
  let size = 0;
  let events = 0;
  let head = '';
  let afterEnd: NodeJS.Timeout | undefined;
  const take = async (batch: RawEvent[], bytes: Buffer) => {
    events += batch.length;
    for (const event of batch) {
      for (const part of plan.adapter.fromStreamEvent(event, state)) {
        if (part.type === 'error') throw streamFailure(part);
        collected.add(part);
        if (part.type === 'text' || part.type === 'tool') onContent();
        if (!passage) await tell(sink, part);
      }
    }
    await passage?.take(bytes, batch);
  };
  try {
    for await (const chunk of reply.body) {
      size += chunk.length;
      if (size > maxReplyBytes) throw replyTooLarge(maxReplyBytes);
      for (const piece of blocks?.push(chunk) ?? [chunk]) {
        const text = decoder.decode(piece, { stream: true });
        if (events === 0 && head.length < keptHead) head += text;
        await take(framer.push(text), piece);
      }
      clearTimeout(afterEnd);
      if (collected.ended) afterEnd = setTimeout(() => reply.body.destroy(), afterEndMs);
    }
  } finally {
    clearTimeout(afterEnd);
  }
  // Blocks hold back what has no blank line behind it.
  const rest = blocks?.rest() ?? Buffer.alloc(0);
  const text = decoder.decode(rest, { stream: true });
  if (events === 0) head += text;
  const early = framer.push(text);
  const last = framer.end();
  await take([...early, ...last.events], last.cut ? Buffer.alloc(0) : rest);
  if (collected.ended) return;
  throw events === 0 && !last.cut && head.trim() ? badReply(head, reply.status) : cutOff(collected);
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
    await collect(reading, collected, passage);
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
