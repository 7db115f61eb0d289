import type { FinishReason, ToolCall, Usage } from '../../../../contract/chat.ts';
import type { ChatResult, StreamPart } from '../../../adapters/define.ts';

interface ToolPieces {
  id: string;
  name: string;
  arguments: string;
  extra_content?: Record<string, unknown>;
}

/** Collects a stream's parts into the result that a non-streaming reply would have given. */
export class ReplyCollector {
  #text: string[] = [];
  #reasoning: string[] = [];
  readonly #tools = new Map<number, ToolPieces>();
  #finish: FinishReason | null = null;
  #usage: Usage | null = null;
  #costUsd: number | undefined;
  #filtered: string | undefined;
  #providerRef: string | undefined;
  ended = false;

  add(part: StreamPart): void {
    if (part.type === 'text') this.#text.push(part.text);
    else if (part.type === 'reasoning') this.#reasoning.push(part.text);
    else if (part.type === 'tool') this.#addTool(part);
    else if (part.type === 'finish') this.#finish = part.reason;
    else if (part.type === 'filtered') this.#filtered = part.message;
    else if (part.type === 'end') this.ended = true;
    else if (part.type === 'ref') this.#providerRef = part.id;
    else if (part.type === 'usage') {
      this.#usage = part.usage;
      this.#costUsd = part.costUsd ?? this.#costUsd;
    }
  }

  #addTool(part: Extract<StreamPart, { type: 'tool' }>): void {
    const tool: ToolPieces = this.#tools.get(part.index) ?? { id: '', name: '', arguments: '' };
    tool.id ||= part.id ?? '';
    tool.name ||= part.name ?? '';
    tool.arguments += part.arguments ?? '';
    if (part.extra_content) tool.extra_content = part.extra_content;
    this.#tools.set(part.index, tool);
  }

  /** True once the caller has received something that another attempt could not undo. */
  get hasContent(): boolean {
    return this.#text.length > 0 || this.#tools.size > 0 || this.#reasoning.length > 0;
  }

  /** The part of a broken reply that arrived; undefined if nothing did. */
  partial(): ChatResult | undefined {
    return this.hasContent ? this.result() : undefined;
  }

  /** The last reported usage: providers repeat it as a running total. */
  get usage(): Usage | null {
    return this.#usage;
  }

  get text(): string {
    return this.#text.join('');
  }

  result(): ChatResult {
    const toolCalls: ToolCall[] = [...this.#tools.values()].map(
      ({ id, name, arguments: args, extra_content }, i) => ({
        id: id || `call_${i}`,
        type: 'function',
        function: { name, arguments: args },
        ...(extra_content ? { extra_content } : {}),
      }),
    );
    return {
      text: this.text,
      toolCalls,
      finish: this.#finish,
      usage: this.#usage,
      ...(this.#reasoning.length ? { reasoning: this.#reasoning.join('') } : {}),
      ...(this.#costUsd === undefined ? {} : { costUsd: this.#costUsd }),
      ...(this.#filtered === undefined ? {} : { filtered: this.#filtered }),
      ...(this.#providerRef === undefined ? {} : { providerRef: this.#providerRef }),
    };
  }
}
