import type { ToolCall } from '../../../contract/chat.ts';
import type { JsonObject, ProtocolEvent } from '../define.ts';
import { callItem, messageItem, reasoningItem, summaryPart, textContent } from './output-items.ts';

/** Adds an event's type and sequence number. */
export type Emit = (type: string, fields: JsonObject) => ProtocolEvent;

/** An output item that is being streamed. */
export interface OpenItem {
  /** The events of another part. */
  add(text: string): ProtocolEvent[];
  /** The events that end it, and the complete item. `cut`: the reply was truncated. */
  close(cut: boolean): { events: ProtocolEvent[]; item: JsonObject };
}

type NewItem = { id: string; outputIndex: number; emit: Emit };

/** Assistant text, or a refusal (`refusal: true`). */
export function openMessage(
  { id, outputIndex, emit }: NewItem,
  refusal = false,
): { item: OpenItem; events: ProtocolEvent[] } {
  let text = '';
  const where = { item_id: id, output_index: outputIndex, content_index: 0 };
  const part = () => (refusal ? { type: 'refusal', refusal: text } : textContent(text));
  const extra = refusal ? {} : { logprobs: [] };
  const kind = refusal ? 'refusal' : 'output_text';
  return {
    events: [
      emit('response.output_item.added', {
        output_index: outputIndex,
        item: messageItem(id, undefined, 'in_progress'),
      }),
      emit('response.content_part.added', { ...where, part: part() }),
    ],
    item: {
      add(delta) {
        text += delta;
        return [emit(`response.${kind}.delta`, { ...where, delta, ...extra })];
      },
      close(cut) {
        const item = { ...messageItem(id, text, cut ? 'incomplete' : 'completed'), content: [part()] };
        const content = refusal ? { refusal: text } : { text };
        return {
          item,
          events: [
            emit(`response.${kind}.done`, { ...where, ...content, ...extra }),
            emit('response.content_part.done', { ...where, part: part() }),
            emit('response.output_item.done', { output_index: outputIndex, item }),
          ],
        };
      },
    },
  };
}

/** The model's reasoning, as a summary. */
export function openReasoning({ id, outputIndex, emit }: NewItem): {
  item: OpenItem;
  events: ProtocolEvent[];
} {
  let text = '';
  const where = { item_id: id, output_index: outputIndex, summary_index: 0 };
  return {
    events: [
      emit('response.output_item.added', { output_index: outputIndex, item: reasoningItem(id, undefined) }),
      emit('response.reasoning_summary_part.added', { ...where, part: summaryPart('') }),
    ],
    item: {
      add(delta) {
        text += delta;
        return [emit('response.reasoning_summary_text.delta', { ...where, delta })];
      },
      close() {
        const item = reasoningItem(id, text);
        return {
          item,
          events: [
            emit('response.reasoning_summary_text.done', { ...where, text }),
            emit('response.reasoning_summary_part.done', { ...where, part: summaryPart(text) }),
            emit('response.output_item.done', { output_index: outputIndex, item }),
          ],
        };
      },
    },
  };
}

/** A function call. Its parts fill it; the first has id and name. */
export function openCall(
  { id, outputIndex, emit }: NewItem,
  call: ToolCall,
): { item: OpenItem; events: ProtocolEvent[] } {
  const where = { item_id: id, output_index: outputIndex };
  return {
    events: [
      emit('response.output_item.added', {
        output_index: outputIndex,
        item: callItem(id, call, '', 'in_progress'),
      }),
    ],
    item: {
      add: (delta) =>
        delta === '' ? [] : [emit('response.function_call_arguments.delta', { ...where, delta })],
      close(cut) {
        const { name, arguments: args } = call.function;
        const item = callItem(id, call, args, cut ? 'incomplete' : 'completed');
        return {
          item,
          events: [
            emit('response.function_call_arguments.done', { ...where, name, arguments: args }),
            emit('response.output_item.done', { output_index: outputIndex, item }),
          ],
        };
      },
    },
  };
}
