import type { ToolCall, ToolDelta } from '../../../contract/chat.ts';
import { callId } from './answer.ts';

/** A streamed call as far as it has arrived. */
export interface Piece {
  call: ToolCall;
  isNew: boolean;
  /** What this piece adds to the arguments. */
  arguments: string;
}

/** Assembles streamed calls. Each call gets an id with its first piece. */
export class ToolPieces {
  readonly #calls = new Map<number, ToolCall>();
  readonly #newId: () => string;

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  add({ index, id, name, arguments: args = '', extra_content }: ToolDelta): Piece {
    const known = this.#calls.get(index);
    const call: ToolCall = known ?? {
      id: id || callId(this.#newId),
      type: 'function',
      function: { name: '', arguments: '' },
    };
    if (name && call.function.name === '') call.function.name = name;
    call.function.arguments += args;
    if (extra_content) call.extra_content = extra_content;
    this.#calls.set(index, call);
    return { call, isNew: known === undefined, arguments: args };
  }

  /** In the order in which they started. */
  all(): ToolCall[] {
    return [...this.#calls.values()];
  }
}
