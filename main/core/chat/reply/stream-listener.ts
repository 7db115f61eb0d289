import type { LogPiece } from '../../../../contract/log-line.ts';
import type { RetryWait, ToolDelta, Usage } from '../../../../contract/chat.ts';
import type { Dropped } from '../../../../contract/plan.ts';

/**
 * Receives the events of a streaming call. If a method returns a promise, reading from the provider pauses
 * until it resolves.
 */
export interface StreamListener {
  /** `dropped`: the parameters that the protocol does not support. */
  start(
    of: { provider: string; model: string; module: string | null },
    dropped: readonly Dropped[],
  ): void | Promise<void>;
  delta(text: string): void | Promise<void>;
  reasoning(text: string): void | Promise<void>;
  tool(part: ToolDelta): void | Promise<void>;
  usage(usage: Usage): void | Promise<void>;
  /** Called before another attempt. */
  waiting?: ((wait: RetryWait) => void | Promise<void>) | undefined;
  /** Used only by `log.follow`. */
  log?: (piece: LogPiece) => void | Promise<void>;
  /**
   * For a caller who speaks the provider's protocol: called with the reply's headers, it returns the function
   * that takes the stream's raw bytes. They replace the parts above.
   */
  pass?: (headers: Record<string, string>) => (block: Buffer) => void | Promise<void>;
}
