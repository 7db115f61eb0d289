import type { JsonObject, StreamPart } from '../define.ts';
import { arr, isObject, num, obj, parseJson, str } from '../shared/read.ts';
import { schemaToolName } from '../shared/schema-tool.ts';

/** A call under way, by what the server says of it. */
interface OpenCall {
  /** Its place among the calls that are handed on. */
  place: number;
  id: string | undefined;
  name: string | undefined;
  arguments: string;
}

export interface ToolState {
  /** The latest call under each index; servers that leave `index` out use one for all. */
  byIndex: Map<number, OpenCall>;
  /** How many calls were begun. */
  count: number;
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
 * The call a piece belongs to. Another id begins another call whatever the index says (Ollama's `/v1` and others send
 * every call under 0); so does another name, or the same one again once the arguments were complete.
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
  // The one before keeps its place in the list, for a server that comes back to its id.
  if (open) state.byIndex.set(-1 - open.place, open);
  state.byIndex.set(key, call);
  return call;
}

function beginsAnother(open: OpenCall, id: string | undefined, name: string | undefined): boolean {
  if (id !== undefined && open.id !== undefined) return id !== open.id;
  if (name === undefined || open.name === undefined) return false;
  return name !== open.name || isObject(parseJson(open.arguments));
}
