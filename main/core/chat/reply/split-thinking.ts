import type { ChatResult, StreamPart } from '../../../adapters/define.ts';

/** Tags that local servers leave around a model's reasoning when they do not know its template. */
const opening = /^\s*<(think|thinking|reasoning|thought)>/i;
const names = ['think', 'thinking', 'reasoning', 'thought'];
const maxOpening = 16;

const closingOf = (name: string) => `</${name.toLowerCase()}>`;

/**
 * Separates reasoning from text in a complete reply whose text begins with a reasoning block or contains only
 * the end of one.
 */
export function splitThinking(result: ChatResult): ChatResult {
  const found = splitText(result.text);
  if (!found) return result;
  const reasoning = [result.reasoning, found.thinking].filter(Boolean).join('\n');
  return { ...result, text: found.text, ...(reasoning ? { reasoning } : {}) };
}

/** Null if the text contains no reasoning. */
function splitText(text: string): { thinking: string; text: string } | null {
  const name = opening.exec(text)?.[1];
  if (name !== undefined) {
    const from = text.indexOf('>') + 1;
    const end = text.toLowerCase().indexOf(closingOf(name), from);
    // Truncated during its reasoning, so none of it is the reply.
    if (end < 0) return { thinking: text.slice(from).trim(), text: '' };
    return {
      thinking: text.slice(from, end).trim(),
      text: text.slice(end + closingOf(name).length).trimStart(),
    };
  }
  // Templates that open the block in the prompt leave only its closing tag in the reply.
  const end = /<\/(think|thinking)>/i.exec(text);
  if (!end || text.slice(0, end.index).includes('<')) return null;
  return {
    thinking: text.slice(0, end.index).trim(),
    text: text.slice(end.index + end[0].length).trimStart(),
  };
}

type TextPart = Extract<StreamPart, { type: 'text' | 'reasoning' }>;

/**
 * Does the same for a stream, however its tags are split. Text is buffered only while it could be the start of a tag.
 */
export class ThinkingSplitter {
  #state: 'start' | 'thinking' | 'text' = 'start';
  #closing = '';
  #held = '';
  #trim = false;

  push(text: string): TextPart[] {
    if (this.#state === 'text') return this.#plain(text);
    this.#held += text;
    return this.#state === 'start' ? this.#atStart() : this.#inThinking();
  }

  /** Text still in the buffer when the stream ends. */
  end(): TextPart[] {
    const held = this.#held;
    this.#held = '';
    if (!held) return [];
    return this.#state === 'thinking' ? [{ type: 'reasoning', text: held }] : [{ type: 'text', text: held }];
  }

  #plain(text: string): TextPart[] {
    const out = this.#trim ? text.trimStart() : text;
    if (out === '') return [];
    this.#trim = false;
    return [{ type: 'text', text: out }];
  }

  #atStart(): TextPart[] {
    const match = opening.exec(this.#held);
    if (match?.[1] !== undefined) {
      this.#state = 'thinking';
      this.#closing = closingOf(match[1]);
      this.#held = this.#held.slice(match[0].length);
      return this.#inThinking();
    }
    const start = this.#held.trimStart().toLowerCase();
    const couldBegin =
      start === '' || (start.length <= maxOpening && names.some((name) => `<${name}>`.startsWith(start)));
    if (couldBegin) return [];
    this.#state = 'text';
    const text = this.#held;
    this.#held = '';
    return [{ type: 'text', text }];
  }

  #inThinking(): TextPart[] {
    const end = this.#held.toLowerCase().indexOf(this.#closing);
    if (end >= 0) {
      const thinking = this.#held.slice(0, end);
      const rest = this.#held.slice(end + this.#closing.length);
      this.#held = '';
      this.#state = 'text';
      this.#trim = true;
      return [...(thinking ? [{ type: 'reasoning' as const, text: thinking }] : []), ...this.#plain(rest)];
    }
    // The end of the buffer could begin the closing tag.
    const keep = this.#closing.length - 1;
    const ready = this.#held.slice(0, Math.max(0, this.#held.length - keep));
    this.#held = this.#held.slice(ready.length);
    return ready ? [{ type: 'reasoning', text: ready }] : [];
  }
}
