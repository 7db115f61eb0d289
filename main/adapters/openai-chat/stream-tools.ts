import type { JsonObject, StreamPart } from '../define.ts';
import { arr, num, obj, str } from '../shared/read.ts';
import { schemaToolName } from '../shared/schema-tool.ts';

export interface ToolState {
  /** The place of each call by its id, for servers that leave `index` out. */
  indexes: Map<string, number>;
  last: number;
  /** The place of the call that carries the reply (see shared/schema-tool.ts). */
  schemaAt: number | null;
  /** Whether any other tool was called. */
  called: boolean;
}

/** The tool-call pieces of a delta; those of the schema's tool are the reply's text. */
export function toolParts(delta: JsonObject, state: ToolState): StreamPart[] {
  const legacy = delta.function_call === undefined ? [] : [{ index: 0, function: delta.function_call }];
  const pieces = arr(delta.tool_calls);
  return (pieces.length > 0 ? pieces : legacy).flatMap((piece) => toolPart(obj(piece), state));
}

function toolPart(piece: JsonObject, state: ToolState): StreamPart[] {
  const fn = obj(piece.function);
  const id = str(piece.id) || undefined;
  const name = str(fn.name) || undefined;
  const text = str(fn.arguments);
  const index = indexOf(num(piece.index), id, state);
  if (name === schemaToolName) state.schemaAt = index;
  if (state.schemaAt === index) return text ? [{ type: 'text', text }] : [];
  state.called = true;
  return [
    {
      type: 'tool',
      index,
      ...(id === undefined ? {} : { id }),
      ...(name === undefined ? {} : { name }),
      ...(text === undefined ? {} : { arguments: text }),
    },
  ];
}

function indexOf(said: number | undefined, id: string | undefined, state: ToolState): number {
  const index =
    said ?? (id === undefined ? Math.max(state.last, 0) : (state.indexes.get(id) ?? state.last + 1));
  if (id !== undefined) state.indexes.set(id, index);
  state.last = index;
  return index;
}
