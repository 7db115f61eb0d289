import type { ToolDelta, Usage } from '../../../contract/chat.ts';
import type { ErrorInfo } from '../../../contract/errors.ts';
import type { Dropped } from '../../../contract/plan.ts';
import type { Answer, ProtocolEvent, ReplyMeta, ReplyStream } from '../define.ts';
import { knownUsage, noticesOf } from '../shared/answer.ts';
import { ToolPieces } from '../shared/tool-pieces.ts';
import { errorBody } from './errors.ts';
import { endNotices, ending, head, type Piece, type PieceShape } from './reply.ts';
import type { OllamaWanted } from './wanted.ts';

/** A reply as lines of JSON. Calls come whole, as Ollama gives them, before the last line. */
export class OllamaStream implements ReplyStream {
  readonly #meta: ReplyMeta<OllamaWanted>;
  readonly #shape: PieceShape;
  readonly #pieces: ToolPieces;
  #model = '';
  #notices: readonly string[];
  #usage: Usage | null = null;

  constructor(meta: ReplyMeta<OllamaWanted>, shape: PieceShape) {
    this.#meta = meta;
    this.#shape = shape;
    this.#pieces = new ToolPieces(meta.newId);
    this.#notices = meta.warnings;
  }

  start({ model }: { provider: string; model: string }, dropped: readonly Dropped[]): void {
    this.#model = model;
    this.#notices = noticesOf(this.#meta, { dropped });
  }

  delta(text: string): ProtocolEvent[] {
    return [this.#line({ text })];
  }

  reasoning(thinking: string): ProtocolEvent[] {
    return [this.#line({ text: '', thinking })];
  }

  tool(part: ToolDelta): ProtocolEvent[] {
    this.#pieces.add(part);
    return [];
  }

  usage(usage: Usage): void {
    this.#usage = usage;
  }

  done(answer: Answer): ProtocolEvent[] {
    this.#model ||= answer.model;
    const calls = this.#pieces.all();
    const usage = knownUsage(answer.usage ?? this.#usage);
    const notices = [...noticesOf({ warnings: this.#notices }, answer), ...endNotices(answer, usage)];
    const last = {
      ...head(this.#meta, this.#model),
      ...this.#shape({ text: '' }),
      ...ending(answer, usage, notices),
    };
    return [...(calls.length > 0 ? [this.#line({ text: '', calls })] : []), { data: last }];
  }

  error(info: ErrorInfo): ProtocolEvent[] {
    return [{ data: errorBody(info) }];
  }

  #line(piece: Piece): ProtocolEvent {
    return { data: { ...head(this.#meta, this.#model), ...this.#shape(piece), done: false } };
  }
}
