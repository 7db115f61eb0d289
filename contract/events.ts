import type { ChatStreamEvent } from './chat.ts';
import type { LogPiece } from './log-line.ts';
import type { OperationName } from './operations/table.ts';

/** An event of any stream operation. */
export type StreamEvent = ChatStreamEvent | { event: 'log'; data: LogPiece };

/** Commands of the desktop app's menu: the window's keyboard commands, and the list of changes. */
export type MenuCommand =
  | 'bench'
  | 'providers'
  | 'modules'
  | 'prompt-packs'
  | 'history'
  | 'server'
  | 'translate'
  | 'trials'
  | 'settings'
  | 'create'
  | 'save'
  | 'palette'
  | 'quickSwitch'
  | 'toggleInspector'
  | 'undo'
  | 'changes'
  | 'help';

/** Messages that main sends to the window without a request. */
export type PanelEvent =
  /** The answers of these queries are stale. */
  | { type: 'stale'; operations: OperationName[] }
  /** An item of the application menu was chosen. */
  | { type: 'menu'; command: MenuCommand }
  /** An event of the stream with this `call_id`. */
  | { type: 'stream'; call_id: string; event: StreamEvent };
