import type { ToolCall, ToolDelta, Usage } from '../../../contract/chat.ts';
import type { ErrorInfo } from '../../../contract/errors.ts';
import type { Dropped } from '../../../contract/plan.ts';
import type { Answer, JsonObject, ProtocolEvent, ReplyMeta, ReplyStream } from '../define.ts';
import { knownUsage, noticesOf, warningsField } from '../shared/answer.ts';
import { ToolPieces } from '../shared/tool-pieces.ts';
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

type Open = { kind: 'text' | 'thinking' } | { kind: 'tool'; call: ToolCall };

const named = (data: JsonObject): ProtocolEvent => ({ event: String(data['type']), data });

/**
 * A reply as the events of platform.claude.com/docs/en/build-with-claude/streaming. Blocks come one after the other
 * here, while the pieces of calls may alternate: the first call is streamed, further ones follow whole at the end.
 */
export class MessagesStream implements ReplyStream {
  readonly #meta: ReplyMeta;
  readonly #pieces: ToolPieces;
  readonly #sent = new Set<ToolCall>();
  #model = '';
  #notices: readonly string[];
  #usage: Usage | null = null;
  #index = -1;
  #open: Open | null = null;
  #begun = false;

  constructor(meta: ReplyMeta) {
    this.#meta = meta;
    this.#pieces = new ToolPieces(meta.newId);
    this.#notices = meta.warnings;
  }

  start({ model }: { provider: string; model: string }, dropped: readonly Dropped[]): void {
    this.#model = model;
    this.#notices = noticesOf(this.#meta, { dropped });
  }

  delta(text: string): ProtocolEvent[] {
    return this.#piece({ kind: 'text' }, textBlock(''), { type: 'text_delta', text });
  }

  reasoning(thinking: string): ProtocolEvent[] {
    return this.#piece({ kind: 'thinking' }, thinkingBlock(''), { type: 'thinking_delta', thinking });
  }

  tool(part: ToolDelta): ProtocolEvent[] {
    const { call, isNew, arguments: args } = this.#pieces.add(part);
    if (this.#open?.kind === 'tool' && this.#open.call === call)
      return args === '' ? [] : [this.#input(args)];
    if (!isNew || this.#open?.kind === 'tool') return [];
    const events = [
      ...this.#head(),
      ...this.#close(),
      this.#start({ kind: 'tool', call }, toolBlock(call, {})),
    ];
    this.#sent.add(call);
    if (args !== '') events.push(this.#input(args));
    return events;
  }

  usage(usage: Usage): void {
    this.#usage = usage;
  }

  done(answer: Answer): ProtocolEvent[] {
    this.#model ||= answer.model;
    const notices = noticesOf({ warnings: this.#notices }, answer);
    const events = [...this.#head(), ...this.#close(), ...this.#heldCalls()];
    const hasCalls = this.#pieces.all().length > 0;
    events.push(
      named({
        type: 'message_delta',
        delta: {
          container: null,
          stop_reason: stopReason(answer.data.finish_reason, hasCalls),
          stop_details: stopDetails(answer),
          stop_sequence: null,
        },
        usage: messageUsage(knownUsage(answer.usage ?? this.#usage)),
        ...warningsField(notices),
      }),
      named({ type: 'message_stop' }),
    );
    return events;
  }

  error(info: ErrorInfo): ProtocolEvent[] {
    return [named(errorBody(info))];
  }

  /** Calls that were held back because another was being streamed, each in one piece. */
  #heldCalls(): ProtocolEvent[] {
    return this.#pieces.all().flatMap((call) => {
      if (this.#sent.has(call)) return [];
      const events = [this.#start({ kind: 'tool', call }, toolBlock(call, {}))];
      if (call.function.arguments !== '') events.push(this.#input(call.function.arguments));
      return [...events, ...this.#close()];
    });
  }

  #piece(open: Open, block: JsonObject, delta: JsonObject): ProtocolEvent[] {
    const events = this.#head();
    if (this.#open?.kind !== open.kind) events.push(...this.#close(), this.#start(open, block));
    events.push(named({ type: 'content_block_delta', index: this.#index, delta }));
    return events;
  }

  #start(open: Open, content_block: JsonObject): ProtocolEvent {
    this.#open = open;
    this.#index += 1;
    return named({ type: 'content_block_start', index: this.#index, content_block });
  }

  #input(partial_json: string): ProtocolEvent {
    return named({
      type: 'content_block_delta',
      index: this.#index,
      delta: { type: 'input_json_delta', partial_json },
    });
  }

  #close(): ProtocolEvent[] {
    if (!this.#open) return [];
    this.#open = null;
    return [named({ type: 'content_block_stop', index: this.#index })];
  }

  /** The message without content. Its token counts are not known yet: `message_delta` tells them. */
  #head(): ProtocolEvent[] {
    if (this.#begun) return [];
    this.#begun = true;
    const message = messageObject({
      id: `msg_${this.#meta.newId()}`,
      model: this.#model,
      content: [],
      stopReason: null,
      stopDetails: null,
      usage: messageUsage(this.#usage ?? { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }),
      notices: this.#notices,
    });
    return [named({ type: 'message_start', message }), named({ type: 'ping' })];
  }
}
