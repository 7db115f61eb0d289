import type { ChatStreamEvent } from './chat.ts';
import type { LogPiece } from './log-line.ts';
import type { OperationName } from './operations/table.ts';

/** A piece of any stream operation. */
export type StreamEvent = ChatStreamEvent | { event: 'log'; data: LogPiece };

/** What can be chosen in the desktop app's menu: as the keys of the window are called, and the list of changes. */
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

/** What main sends to the window without a request. */
export type PanelEvent =
  /** Answers of these queries are stale. */
  | { type: 'stale'; operations: OperationName[] }
  /** An item of the application's menu was chosen. */
  | { type: 'menu'; command: MenuCommand }
  /** A piece of the stream that was asked for under `call_id`. */
  | { type: 'stream'; call_id: string; event: StreamEvent };
