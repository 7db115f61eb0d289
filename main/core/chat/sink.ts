import type { ToolDelta, Usage } from '../../../contract/chat.ts';

/** What a caller who streams is told on the way. A returned promise holds the provider back until it is kept. */
export interface ChatSink {
  start(of: { provider: string; model: string; module: string | null }): void | Promise<void>;
  delta(text: string): void | Promise<void>;
  reasoning(text: string): void | Promise<void>;
  tool(part: ToolDelta): void | Promise<void>;
  usage(usage: Usage): void | Promise<void>;
}
