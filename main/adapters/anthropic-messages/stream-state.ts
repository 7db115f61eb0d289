import type { JsonObject } from '../define.ts';
import type { CallsSeen } from './stop-reason.ts';

/**
 * An open tool call. `input` comes from its start event, because a call without arguments has no other event.
 */
export type OpenBlock =
  | { kind: 'tool'; index: number; input: JsonObject; inputSeen: boolean }
  | { kind: 'schema'; name: string; input: JsonObject; inputSeen: boolean; held: string };

/** State between the events of one stream. */
export interface AnthropicStream {
  /** Open blocks by their index in the message; only tool calls are stored. */
  blocks: Map<number, OpenBlock>;
  /** Tool calls reported so far: the neutral index counts these, not the blocks. */
  toolCalls: number;
  calls: CallsSeen;
  /** The latest value of each count: events repeat and correct them. */
  usage: JsonObject;
  ended: boolean;
}

/** The initial state of a stream. */
export function newStream(): AnthropicStream {
  return {
    blocks: new Map(),
    toolCalls: 0,
    calls: { schemaTool: false, otherTools: false },
    usage: {},
    ended: false,
  };
}
