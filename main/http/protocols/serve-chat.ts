import { randomUUID } from 'node:crypto';
import type { ChatAnswer } from '../../../contract/chat.ts';
import type { Envelope } from '../../../contract/errors.ts';
import type { CallerProtocol } from '../../core/lib/request-context.ts';
import type {
  Answer,
  Call,
  Incoming,
  JsonObject,
  Protocol,
  ReplyMeta,
  Wanted,
} from '../../protocols/define.ts';
import { refusedAnswer } from '../../protocols/shared/refusal.ts';
import { answerEnvelope, answerError, answerReply, answerReplyJson } from '../answer.ts';
import type { HttpCall, Serve } from '../http-call.ts';
import { answeredBy } from '../openai/headers.ts';
import { errorInfoOf, readIncoming, wantsDryRun } from './incoming-chat.ts';
import { ProtocolStream } from './protocol-stream.ts';

/** What a protocol needs from its route besides the body. */
export interface ChatRouteParts<W extends Wanted> {
  /**
   * Reads the URL.
   * @throws AppError for an unsupported one
   */
  address?(call: HttpCall): Pick<Incoming, 'model' | 'stream'>;
  /** Set if replies in this protocol may be passed through, unless something has to be reported with them. */
  callerProtocol?: CallerProtocol;
  /** A reply that needs no chat; null if one is needed. */
  early?(meta: ReplyMeta<W>): JsonObject | null;
}

/** The time and ids of a reply. */
function replyMeta<W extends Wanted>({ wanted, warnings }: Call<W>): ReplyMeta<W> {
  return { wanted, warnings, now: Date.now, newId: () => randomUUID().replaceAll('-', '') };
}

/** A `POST` route of a protocol: translates its request to our chat, and the reply to the protocol. */
export function chatServer<W extends Wanted>(protocol: Protocol<W>, parts: ChatRouteParts<W> = {}): Serve {
  return async (call) => {
    try {
      const incoming = await readIncoming(call, parts.address?.(call));
      await serveTranslated(protocol, parts, call, protocol.toChat(incoming));
    } catch (error) {
      answerError(call, errorInfoOf(call, error, 'chat.send'));
    }
  };
}

async function serveTranslated<W extends Wanted>(
  protocol: Protocol<W>,
  { early, callerProtocol }: ChatRouteParts<W>,
  call: HttpCall,
  translated: Call<W>,
): Promise<void> {
  const { dispatcher } = call.core;
  const passed: Buffer[] = [];
  const onReplyBytes = (bytes: Buffer) => void passed.push(bytes);
  const context =
    callerProtocol && !translated.warnings.length
      ? { ...call.context, callerProtocol, onReplyBytes }
      : call.context;
  const meta = replyMeta(translated);
  // These clients retry themselves, and two layers of retries would multiply.
  const chat = { ...translated.chat, retries: translated.chat.retries ?? 0 };
  const withoutChat = early?.(meta);
  if (withoutChat) return answerReplyJson(call, withoutChat);
  if (wantsDryRun(call))
    return answerEnvelope(call, await dispatcher.dispatch('chat.send', { ...chat, dry_run: true }, context));
  if (translated.wanted.stream) {
    const stream = new ProtocolStream(protocol, meta, call);
    const ended = await dispatcher.dispatch('chat.stream', chat, context, stream);
    return stream.end(ended as Envelope<ChatAnswer>);
  }
  const envelope = (await dispatcher.dispatch('chat.send', chat, context)) as Envelope<ChatAnswer>;
  if (envelope.ok) return answerChat(protocol, meta, call, envelope.data, passed[0]);
  const refused = protocol.showsRefusals ? refusedAnswer(envelope.error) : null;
  if (!refused) return answerError(call, envelope.error);
  answerChat(protocol, meta, call, refused, passed[0]);
}

/** @param bytes the provider's own reply, if it is in this protocol */
function answerChat<W extends Wanted>(
  protocol: Protocol<W>,
  meta: ReplyMeta<W>,
  call: HttpCall,
  answer: Answer,
  bytes: Buffer | undefined,
): void {
  const headers = answeredBy(answer.provider, answer.model, answer.dropped);
  if (bytes) return answerReply(call, bytes, headers);
  const body = protocol.fromAnswer(answer, meta);
  call.items.keep(body);
  answerReplyJson(call, body, headers);
}
