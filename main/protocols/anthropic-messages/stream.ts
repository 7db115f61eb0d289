import type { ToolCall, ToolDelta } from '../../../contract/chat.ts';
import type { ErrorInfo } from '../../../contract/errors.ts';
import type { Answer, JsonObject, ProtocolEvent, ReplyStream, Wanted } from '../define.ts';
import { BaseStream } from '../shared/base-stream.ts';
import { warningsField } from '../shared/answer.ts';
import { errorBody } from './errors.ts';
import {
  messageObject,
  messageUsage,
  stopDetails,
  stopReason,
  textBlock,
  thinkingBlock,
  toolBlock,
} from './message-body.ts';

const named = (data: JsonObject): ProtocolEvent => ({ event: String(data['type']), data });

const stop = (index: number) => named({ type: 'content_block_stop', index });

const inputDelta = (index: number, partial_json: string) =>
  named({ type: 'content_block_delta', index, delta: { type: 'input_json_delta', partial_json } });

/**
 * A reply as the events of platform.claude.com/docs/en/build-with-claude/streaming. Blocks must be sequential
 * here, but a provider may interleave the parts of several calls. So the first call is streamed, and further
 * calls follow complete at the end. Text after the first call gets its own block, and that call's block stays
 * open.
 */
export class MessagesStream extends BaseStream<Wanted> implements ReplyStream {
  #last = -1;
  /** The open text or thinking block. */
  #text: { kind: 'text' | 'thinking'; index: number } | null = null;
  /** The streamed call, which is the first one. */
  #tool: { call: ToolCall; index: number } | null = null;
  #begun = false;

  delta(text: string): ProtocolEvent[] {
    return this.#piece('text', textBlock(''), { type: 'text_delta', text });
  }

  reasoning(thinking: string): ProtocolEvent[] {
    return this.#piece('thinking', thinkingBlock(''), { type: 'thinking_delta', thinking });
  }

  tool(part: ToolDelta): ProtocolEvent[] {
    const { call, arguments: args } = this.pieces.add(part);
    if (this.#tool && this.#tool.call !== call) return [];
    const events: ProtocolEvent[] = [];
    if (!this.#tool) {
      events.push(...this.#head(), ...this.#closeText(), this.#start(toolBlock(call, {})));
      this.#tool = { call, index: this.#last };
    }
    if (args !== '') events.push(inputDelta(this.#tool.index, args));
    return events;
  }

  done(answer: Answer): ProtocolEvent[] {
    const { usage, notices } = this.closing(answer);
    const events = [...this.#head(), ...this.#closeText(), ...this.#closeCalls()];
    const hasCalls = this.pieces.all().length > 0;
    events.push(
      named({
        type: 'message_delta',
        delta: {
          stop_reason: stopReason(answer.data.finish_reason, hasCalls),
          stop_sequence: null,
          ...stopDetails(answer),
        },
        usage: messageUsage(usage),
        ...warningsField(notices),
      }),
      named({ type: 'message_stop' }),
    );
    return events;
  }

  error(info: ErrorInfo): ProtocolEvent[] {
    return [named(errorBody(info))];
  }

  /** Ends the streamed call, then sends the buffered calls, each complete. */
  #closeCalls(): ProtocolEvent[] {
    const streamed = this.#tool;
    if (!streamed) return [];
    const events = [stop(streamed.index)];
    for (const call of this.pieces.all()) {
      if (call === streamed.call) continue;
      events.push(this.#start(toolBlock(call, {})));
      if (call.function.arguments !== '') events.push(inputDelta(this.#last, call.function.arguments));
      events.push(stop(this.#last));
    }
    return events;
  }

  #piece(kind: 'text' | 'thinking', block: JsonObject, delta: JsonObject): ProtocolEvent[] {
    const events = this.#head();
    if (this.#text?.kind !== kind) {
      events.push(...this.#closeText(), this.#start(block));
      this.#text = { kind, index: this.#last };
    }
    events.push(named({ type: 'content_block_delta', index: this.#last, delta }));
    return events;
  }

  #start(content_block: JsonObject): ProtocolEvent {
    this.#last += 1;
    return named({ type: 'content_block_start', index: this.#last, content_block });
  }

  #closeText(): ProtocolEvent[] {
    if (!this.#text) return [];
    const { index } = this.#text;
    this.#text = null;
    return [stop(index)];
  }

  /** The message without content. `message_delta` has the token counts later. */
  #head(): ProtocolEvent[] {
    if (this.#begun) return [];
    this.#begun = true;
    const message = messageObject({
      id: `msg_${this.meta.newId()}`,
      model: this.model,
      content: [],
      stopReason: null,

      usage: messageUsage(this.counted ?? { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }),
      notices: this.notices,
    });
    return [named({ type: 'message_start', message }), named({ type: 'ping' })];
  }
}
