import type { ToolDelta } from '../../../contract/chat.ts';
import type { ErrorInfo } from '../../../contract/errors.ts';
import type { Answer, ProtocolEvent, ReplyMeta, ReplyStream } from '../define.ts';
import { BaseStream } from '../shared/base-stream.ts';
import { errorBody } from './errors.ts';
import { endNotices, ending, head, type Piece, type PieceShape } from './reply.ts';
import type { OllamaWanted } from './wanted.ts';

/** A reply as lines of JSON. Calls are sent complete, as in Ollama, before the last line. */
export class OllamaStream extends BaseStream<OllamaWanted> implements ReplyStream {
  readonly #shape: PieceShape;

  constructor(meta: ReplyMeta<OllamaWanted>, shape: PieceShape) {
    super(meta);
    this.#shape = shape;
  }

  delta(text: string): ProtocolEvent[] {
    return [this.#line({ text })];
  }

  reasoning(thinking: string): ProtocolEvent[] {
    return [this.#line({ text: '', thinking })];
  }

  tool(part: ToolDelta): ProtocolEvent[] {
    this.pieces.add(part);
    return [];
  }

  done(answer: Answer): ProtocolEvent[] {
    const calls = this.pieces.all();
    const { usage, notices } = this.closing(answer);
    const last = {
      ...head(this.meta, this.model),
      ...this.#shape({ text: '' }),
      ...ending(answer, usage, [...notices, ...endNotices(answer, usage)]),
    };
    return [...(calls.length > 0 ? [this.#line({ text: '', calls })] : []), { data: last }];
  }

  error(info: ErrorInfo): ProtocolEvent[] {
    return [{ data: errorBody(info) }];
  }

  #line(piece: Piece): ProtocolEvent {
    return { data: { ...head(this.meta, this.model), ...this.#shape(piece), done: false } };
  }
}
