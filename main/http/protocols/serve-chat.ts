import { randomUUID } from 'node:crypto';
import type { ChatAnswer } from '../../../contract/chat.ts';
import type { Envelope } from '../../../contract/errors.ts';
import type { CallerProtocol } from '../../core/lib/request-context.ts';
import type { Call, Incoming, JsonObject, Protocol, ReplyMeta, Wanted } from '../../protocols/define.ts';
import { refusedAnswer } from '../../protocols/shared/refusal.ts';
import { answerEnvelope, answerError, answerReply, answerReplyJson } from '../answer.ts';
import type { HttpCall, Serve } from '../http-call.ts';
import { answeredBy } from '../openai/headers.ts';
import { errorInfoOf, readIncoming, wantsDryRun } from './incoming-chat.ts';
import { ProtocolStream } from './protocol-stream.ts';

/** What a protocol asks of its transport beside the body. */
export interface ChatRouteParts<W extends Wanted> {
  /** What the address says. @throws AppError for one that is not served */
  address?(call: HttpCall): Pick<Incoming, 'model' | 'stream'>;
  /** Set where replies of this protocol's providers go on as they came, unless there is something to say beside them. */
  callerProtocol?: CallerProtocol;
  /** A reply that needs no chat; null where one is needed. */
  early?(meta: ReplyMeta<W>): JsonObject | null;
}

/** The clock and the ids of a reply. */
export function replyMeta<W extends Wanted>({ wanted, warnings }: Call<W>): ReplyMeta<W> {
  return { wanted, warnings, now: Date.now, newId: () => randomUUID().replaceAll('-', '') };
}

/** A `POST` route of a protocol: its request as a chat of ours, its reply in the protocol's own words. */
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
  const { items } = call;
  const { dispatcher } = call.core;
  const context =
    callerProtocol && !translated.warnings.length ? { ...call.context, callerProtocol } : call.context;
  const meta = replyMeta(translated);
  // These clients ask again themselves: two layers of retries multiply.
  const chat = { ...translated.chat, retries: translated.chat.retries ?? 0 };
  const withoutChat = early?.(meta);
  if (withoutChat) return answerReplyJson(call, withoutChat);
  if (wantsDryRun(call))
    return answerEnvelope(call, await dispatcher.dispatch('chat.send', { ...chat, dry_run: true }, context));
  if (translated.wanted.stream) {
    const stream = new ProtocolStream(protocol, meta, call);
    return stream.end(
      (await dispatcher.dispatch('chat.stream', chat, context, stream)) as Envelope<ChatAnswer>,
    );
  }
  const envelope = (await dispatcher.dispatch('chat.send', chat, context)) as Envelope<ChatAnswer>;
  const refused = envelope.ok || !protocol.showsRefusals ? null : refusedAnswer(envelope.error);
  if (!envelope.ok && !refused) return answerError(call, envelope.error);
  const answer = envelope.ok ? envelope.data : refused;
  if (!answer) return;
  const headers = answeredBy(answer.provider, answer.model, answer.dropped);
  const { replyBytes } = context;
  if (replyBytes) return answerReply(call, replyBytes, headers);
  const body = protocol.fromAnswer(answer, meta);
  items.keep(body);
  answerReplyJson(call, body, headers);
}
