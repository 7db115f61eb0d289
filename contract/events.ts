import type { ChatStreamEvent } from './chat.ts';
import type { LogPiece } from './log-line.ts';
import type { OperationName } from './operations/table.ts';

/** A piece of any stream operation. */
export type StreamEvent = ChatStreamEvent | { event: 'log'; data: LogPiece };

/** What main tells the window unasked. */
export type PanelEvent =
  /** Answers of these queries are stale. */
  | { type: 'stale'; operations: OperationName[] }
  /** A piece of the stream that was asked for under `call_id`. */
  | { type: 'stream'; call_id: string; event: StreamEvent };
