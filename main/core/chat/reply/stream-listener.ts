import type { LogPiece } from '../../../../contract/log-line.ts';
import type { RetryWait, ToolDelta, Usage } from '../../../../contract/chat.ts';
import type { Dropped } from '../../../../contract/plan.ts';

/** Receives the events of a streaming call. A returned promise holds the provider back until it resolves. */
export interface StreamListener {
  /** `dropped`: the parameters that the protocol does not carry. */
  start(
    of: { provider: string; model: string; module: string | null },
    dropped: readonly Dropped[],
  ): void | Promise<void>;
  delta(text: string): void | Promise<void>;
  reasoning(text: string): void | Promise<void>;
  tool(part: ToolDelta): void | Promise<void>;
  usage(usage: Usage): void | Promise<void>;
  /** Before another attempt is made. */
  waiting?: ((wait: RetryWait) => void | Promise<void>) | undefined;
  /** For `log.follow` alone. */
  log?: (piece: LogPiece) => void | Promise<void>;
  /**
   * For a caller who speaks the provider's protocol: called with the reply's headers, it returns the function that takes the
   * stream's own bytes. They come in place of the pieces above.
   */
  pass?: (headers: Record<string, string>) => (block: Buffer) => void | Promise<void>;
}
