import type { Usage } from '../../../contract/chat.ts';
import type { Dropped } from '../../../contract/plan.ts';
import type { Answer, ReplyMeta, Wanted } from '../define.ts';
import { knownUsage, noticesOf } from './answer.ts';
import { ToolPieces } from './tool-pieces.ts';

/** State that every protocol's stream needs: the model, the counts, the warnings, the parts of calls. */
export abstract class BaseStream<W extends Wanted> {
  protected readonly meta: ReplyMeta<W>;
  protected readonly pieces: ToolPieces;
  protected model = '';
  protected notices: readonly string[];
  protected counted: Usage | null = null;

  constructor(meta: ReplyMeta<W>) {
    this.meta = meta;
    this.pieces = new ToolPieces(meta.newId);
    this.notices = meta.warnings;
  }

  start({ model }: { provider: string; model: string }, dropped: readonly Dropped[]): void {
    this.model = model;
    this.notices = noticesOf(this.meta, { dropped });
  }

  usage(usage: Usage): void {
    this.counted = usage;
  }

  /**
   * Usage and notices for the end of a reply. A blocked reply was never started, so the answer names the
   * model.
   */
  protected closing(answer: Answer): { usage: Usage; notices: string[] } {
    this.model ||= answer.model;
    return {
      usage: knownUsage(answer.usage ?? this.counted),
      notices: noticesOf({ warnings: this.notices }, answer),
    };
  }
}
