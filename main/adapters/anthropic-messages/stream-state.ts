import type { JsonObject } from '../define.ts';
import type { CallsSeen } from './stop-reason.ts';

/** A call that has begun. `input` is from its start event, since a call without arguments has no other piece. */
export type OpenBlock =
  | { kind: 'tool'; index: number; input: JsonObject; inputSeen: boolean }
  | { kind: 'schema'; name: string; input: JsonObject; inputSeen: boolean; held: string };

/** What has to be remembered between the events of one stream. */
export interface AnthropicStream {
  /** Blocks that have begun and not ended, by their place in the message; only calls need remembering. */
  blocks: Map<number, OpenBlock>;
  /** Calls so far that go to the caller: the neutral index counts these, not the blocks. */
  toolCalls: number;
  calls: CallsSeen;
  /** The latest word on each count: events repeat and correct them. */
  usage: JsonObject;
  ended: boolean;
}

/** State for a stream that has not begun. */
export function newStream(): AnthropicStream {
  return {
    blocks: new Map(),
    toolCalls: 0,
    calls: { schemaTool: false, otherTools: false },
    usage: {},
    ended: false,
  };
}
