import type { Message, ToolCall } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import type { Reader } from './reader.ts';

export type Part = { type: string } & JsonObject;

export const textPart = (text: string): Part => ({ type: 'text', text });

export const imagePart = (url: string, detail?: string): Part => ({
  type: 'image_url',
  image_url: { url, ...(detail === undefined ? {} : { detail }) },
});

export const dataUrl = (mediaType: string, base64: string): string => `data:${mediaType};base64,${base64}`;

/**
 * A single text part becomes a plain string, which every provider accepts. A part with additional fields
 * stays a part.
 */
export function plainContent(parts: Part[]): string | Part[] {
  const [only, more] = parts;
  if (only === undefined) return '';
  const isPlain = more === undefined && only.type === 'text' && Object.keys(only).length === 2;
  return isPlain ? String(only['text']) : parts;
}

/** Providers that accept images in tool results. */
const takesImagesInResults: ReadonlySet<unknown> = new Set(['anthropic', 'anthropic_compat']);

/** Builds neutral messages. Reasoning, text and calls of one assistant turn form one message. */
export class MessageList {
  readonly #messages: Message[] = [];
  /** Images of tool results: OpenAI's tool messages accept only text, so they follow in a user message. */
  #images: Part[] = [];
  #reasoning = '';
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  add(message: Message): void {
    this.#flush();
    this.#messages.push(message);
  }

  /** Reasoning belongs to the assistant turn that follows it. */
  reasoning(text: string): void {
    if (text === '') return;
    if (this.#reader.isLenient) this.#reasoning += text;
    else this.#reader.warn('the reasoning of earlier turns was left out: OpenAI refuses it in a message');
  }

  /** Text after a turn's calls joins that turn, because the calls' results have to come next. */
  assistant(content: string | Part[]): void {
    const last = this.#messages.at(-1);
    if (last?.role === 'assistant' && last['tool_calls'] !== undefined && this.#images.length === 0) {
      last.content = joined(last.content, content);
      return;
    }
    this.#flush();
    this.#messages.push(this.#turn({ content }));
  }

  call(call: ToolCall): void {
    const last = this.#messages.at(-1);
    if (last?.role === 'assistant' && this.#images.length === 0) {
      last['tool_calls'] = [...((last['tool_calls'] as ToolCall[] | undefined) ?? []), call];
      if (this.#reasoning !== '') {
        last['reasoning_content'] =
          `${typeof last['reasoning_content'] === 'string' ? last['reasoning_content'] : ''}${this.#reasoning}`;
        this.#reasoning = '';
      }
      return;
    }
    this.#flush();
    this.#messages.push(this.#turn({ content: null, tool_calls: [call] }));
  }

  result(id: string, parts: Part[], fields: JsonObject = {}): void {
    const others = takesImagesInResults.has(this.#reader.adapter)
      ? []
      : parts.filter(({ type }) => type !== 'text');
    const content = plainContent(parts.filter((part) => !others.includes(part)));
    if (others.length > 0) {
      this.#reader.warn(
        'images in a tool’s result follow it in a user message: this provider’s tools answer with text',
      );
      this.#images.push(textPart(`From the result of the call ${id}:`), ...others);
    }
    this.#messages.push({ role: 'tool', tool_call_id: id, content, ...fields });
  }

  /** All messages. Reasoning with nothing after it becomes its own turn. */
  finish(): Message[] {
    this.#flush();
    if (this.#reasoning !== '') this.#messages.push(this.#turn({ content: '' }));
    return this.#messages;
  }

  #turn(fields: JsonObject): Message {
    const reasoning = this.#reasoning;
    this.#reasoning = '';
    return { role: 'assistant', ...fields, ...(reasoning === '' ? {} : { reasoning_content: reasoning }) };
  }

  #flush(): void {
    if (this.#images.length === 0) return;
    this.#messages.push({ role: 'user', content: this.#images });
    this.#images = [];
  }
}

function joined(before: Message['content'], after: string | Part[]): string | Part[] {
  const parts = (content: Message['content']) =>
    typeof content === 'string' ? (content === '' ? [] : [textPart(content)]) : ((content ?? []) as Part[]);
  return plainContent([...parts(before), ...parts(after)]);
}
