import type { JsonObject, StreamPart } from '../define.ts';
import { arr, isObject, num, obj, parseJson, str } from '../shared/read.ts';
import { schemaToolName } from '../shared/schema-tool.ts';

/** An open tool call, as identified by the server. */
interface OpenCall {
  /** Its index among the reported calls. */
  place: number;
  id: string | undefined;
  name: string | undefined;
  arguments: string;
}

export interface ToolState {
  /** The latest call for each index; servers that omit `index` use one for all. */
  byIndex: Map<number, OpenCall>;
  /** Number of calls started. */
  count: number;
  /** The index of the call that carries the reply (see shared/schema-tool.ts). */
  schemaAt: number | null;
  /** Whether any other tool was called. */
  called: boolean;
}

/** The tool call parts of a delta; those of the schema tool become text. */
export function toolParts(delta: JsonObject, state: ToolState): StreamPart[] {
  const legacy = delta.function_call === undefined ? [] : [{ index: 0, function: delta.function_call }];
  const pieces = arr(delta.tool_calls);
  return (pieces.length > 0 ? pieces : legacy).flatMap((piece) => toolPart(obj(piece), state));
}

function toolPart(piece: JsonObject, state: ToolState): StreamPart[] {
  const fn = obj(piece.function);
  const id = str(piece.id) || undefined;
  const name = str(fn.name) || undefined;
  const text = isObject(fn.arguments) ? JSON.stringify(fn.arguments) : str(fn.arguments);
  const call = callOf(state, num(piece.index), id, name);
  const { place: location } = call;
  call.id ??= id;
  call.name ??= name;
  call.arguments += text ?? '';
  if (name === schemaToolName) state.schemaAt = location;
  if (state.schemaAt === location) return text ? [{ type: 'text', text }] : [];
  state.called = true;
  return [
    {
      type: 'tool',
      index: location,
      ...(id === undefined ? {} : { id }),
      ...(name === undefined ? {} : { name }),
      ...(text === undefined ? {} : { arguments: text }),
    },
  ];
}

/**
 * The call to which a piece belongs. A new id starts a new call whatever the index (Ollama's `/v1` and others
 * send every call under 0). So does a new name, or the same name after the arguments were complete.
 */
function callOf(
  state: ToolState,
  index: number | undefined,
  id: string | undefined,
  name: string | undefined,
): OpenCall {
  const all = [...state.byIndex.values()];
  const byId = id === undefined ? undefined : all.find((call) => call.id === id);
  if (byId) return byId;
  const key = index ?? (state.byIndex.size ? Math.max(...state.byIndex.keys()) : 0);
  const open = state.byIndex.get(key);
  if (open && !beginsAnother(open, id, name)) return open;
  const call: OpenCall = { place: state.count, id, name, arguments: '' };
  state.count += 1;
  // The previous call keeps an entry, for a server that returns to its id.
  if (open) state.byIndex.set(-1 - open.place, open);
  state.byIndex.set(key, call);
  return call;
}

function beginsAnother(open: OpenCall, id: string | undefined, name: string | undefined): boolean {
  if (id !== undefined && open.id !== undefined) return id !== open.id;
  if (name === undefined || open.name === undefined) return false;
  return name !== open.name || isObject(parseJson(open.arguments));
}
