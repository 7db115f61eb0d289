import type { FinishReason, ToolDelta, Usage } from '../../../contract/chat.ts';
import type { ErrorInfo } from '../../../contract/errors.ts';
import type { Answer, JsonObject, ProtocolEvent, ReplyMeta, ReplyStream } from '../define.ts';
import { BaseStream } from '../shared/base-stream.ts';
import { openAiErrorObject } from '../shared/openai-error.ts';
import { openCall, openMessage, openReasoning, type OpenItem } from './open-items.ts';
import { responseObject, seconds, statusOf, type ResponseState } from './response-body.ts';
import type { ResponsesWanted } from './wanted.ts';

interface Entry {
  kind: 'message' | 'reasoning' | 'call';
  open: OpenItem | null;
  item: JsonObject | null;
}

/**
 * A reply as the events of platform.openai.com/docs/api-reference/responses-streaming, with sequence numbers.
 * Text and reasoning end when another item starts; calls stay open until the end, because their parts may be
 * interleaved.
 */
export class ResponsesStream extends BaseStream<ResponsesWanted> implements ReplyStream {
  readonly #id: string;
  readonly #createdAt: number;
  readonly #entries: Entry[] = [];
  readonly #callEntries = new Map<number, Entry>();
  #number = 0;
  #begun = false;

  constructor(meta: ReplyMeta<ResponsesWanted>) {
    super(meta);
    this.#id = `resp_${meta.newId()}`;
    this.#createdAt = seconds(meta.now());
  }

  delta(text: string): ProtocolEvent[] {
    return this.#piece('message', text);
  }

  reasoning(text: string): ProtocolEvent[] {
    return this.#piece('reasoning', text);
  }

  tool(part: ToolDelta): ProtocolEvent[] {
    const { call, isNew, arguments: args } = this.pieces.add(part);
    const events = this.#head();
    if (isNew) {
      events.push(...this.#closeTexts());
      const { entry, events: opening } = this.#open('call', (location) => openCall(location, call));
      this.#callEntries.set(part.index, entry);
      events.push(...opening);
    }
    return [...events, ...(this.#callEntries.get(part.index)?.open?.add(args) ?? [])];
  }

  done(answer: Answer): ProtocolEvent[] {
    const { usage, notices } = this.closing(answer);
    this.notices = notices;
    const finish = answer.data.finish_reason;
    const status = answer.refusal === undefined ? statusOf(finish) : 'completed';
    const events = this.#head();
    if (answer.refusal !== undefined) {
      const { entry, events: opening } = this.#open('message', (location) => openMessage(location, true));
      events.push(...opening, ...(entry.open?.add(answer.refusal) ?? []));
    } else if (this.#entries.length === 0) events.push(...this.#piece('message', ''));
    events.push(...this.#closeAll(status === 'incomplete'));

    events.push(this.#state(`response.${status}`, { status, usage, finish }));
    return events;
  }

  error(info: ErrorInfo): ProtocolEvent[] {
    const error = openAiErrorObject(info);
    const { code, message, param } = error;
    const events = [...this.#head(), ...this.#closeAll(true)];
    const failed = { code: errorCodes.get(String(code)) ?? 'server_error', message };
    events.push(
      this.#state('response.failed', { status: 'failed', usage: this.counted, finish: null, error: failed }),
    );
    // The documented fields, and the object that the official client requires before it throws.
    events.push(this.#emit('error', { code, message, param, error }));
    return events;
  }

  #piece(kind: 'message' | 'reasoning', text: string): ProtocolEvent[] {
    const events = this.#head();
    const last = this.#entries.at(-1);
    if (last?.kind === kind && last.open) return [...events, ...last.open.add(text)];
    events.push(...this.#closeTexts());
    const { entry, events: opening } = this.#open(kind, kind === 'message' ? openMessage : openReasoning);
    events.push(...opening, ...(text === '' ? [] : (entry.open?.add(text) ?? [])));
    return events;
  }

  #open(
    kind: Entry['kind'],
    open: (location: Parameters<typeof openReasoning>[0]) => { item: OpenItem; events: ProtocolEvent[] },
  ): { entry: Entry; events: ProtocolEvent[] } {
    const prefix = { message: 'msg', reasoning: 'rs', call: 'fc' }[kind];
    const outputIndex = this.#entries.length;
    const emit = (type: string, fields: JsonObject) => this.#emit(type, fields);
    const { item, events } = open({ id: `${prefix}_${this.meta.newId()}`, outputIndex, emit });
    const entry: Entry = { kind, open: item, item: null };
    this.#entries.push(entry);
    return { entry, events };
  }

  #closeTexts(): ProtocolEvent[] {
    return this.#entries.flatMap((entry) => (entry.kind === 'call' ? [] : close(entry, false)));
  }

  #closeAll(cut: boolean): ProtocolEvent[] {
    return this.#entries.flatMap((entry) => close(entry, cut));
  }

  #emit(type: string, fields: JsonObject): ProtocolEvent {
    const sequence_number = this.#number;
    this.#number += 1;
    return { event: type, data: { type, sequence_number, ...fields } };
  }

  /** The two events that start a stream, before the first part. */
  #head(): ProtocolEvent[] {
    if (this.#begun) return [];
    this.#begun = true;
    const state = { status: 'in_progress' as const, usage: null, finish: null };
    return [this.#state('response.created', state), this.#state('response.in_progress', state)];
  }

  #state(
    type: string,
    now: {
      status: ResponseState['status'];
      usage: Usage | null;
      finish: FinishReason | null;
      error?: JsonObject;
    },
  ): ProtocolEvent {
    const state: ResponseState = {
      id: this.#id,
      createdAt: this.#createdAt,
      model: this.model,
      output: this.#entries.flatMap(({ item }) => (item ? [item] : [])),
      error: null,
      notices: this.notices,
      ...now,
    };
    return this.#emit(type, { response: responseObject(state, this.meta) });
  }
}

/** `response.error.code` is a closed list; the `error` event has our own code. */
const errorCodes = new Map([['provider_rate_limited', 'rate_limit_exceeded']]);

function close(entry: Entry, cut: boolean): ProtocolEvent[] {
  if (!entry.open) return [];
  const { events, item } = entry.open.close(cut);
  entry.open = null;
  entry.item = item;
  return events;
}
