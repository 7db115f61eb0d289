import type { ToolCall } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import { arr, isObject, obj, parseJson, str } from './read.ts';

/** A function tool in the neutral (OpenAI) shape, taken apart. */
export interface Tool {
  /** Place in the caller's list, for `tools[2]` in a note. */
  index: number;
  name: string;
  description?: string;
  parameters?: JsonObject;
  strict?: boolean;
}

/** The function tools of `params.tools`, and the places of entries that are none (a provider's own tools). */
export function readTools(value: unknown): { tools: Tool[]; others: number[] } {
  const tools: Tool[] = [];
  const others: number[] = [];
  arr(value).forEach((entry, index) => {
    const fn = obj(obj(entry).function);
    const name = str(fn.name);
    if (name === undefined) return others.push(index);
    return tools.push({
      index,
      name,
      ...(typeof fn.description === 'string' ? { description: fn.description } : {}),
      ...(isObject(fn.parameters) ? { parameters: fn.parameters } : {}),
      ...(typeof fn.strict === 'boolean' ? { strict: fn.strict } : {}),
    });
  });
  return { tools, others };
}

/** `params.tool_choice`: what the model may or must call. */
export type ToolChoice = 'auto' | 'none' | 'required' | { name: string };

/** The neutral tool choice, or undefined when it is not one we know. */
export function readToolChoice(value: unknown): ToolChoice | undefined {
  if (value === 'auto' || value === 'none' || value === 'required') return value;
  const name = str(obj(obj(value).function).name);
  return name === undefined ? undefined : { name };
}

/** The calls an assistant message made; entries without a function name are left out. */
export function toolCallsOf(message: Record<string, unknown>): ToolCall[] {
  return arr(message.tool_calls).flatMap((entry) => {
    const call = obj(entry);
    const fn = obj(call.function);
    const name = str(fn.name);
    if (name === undefined) return [];
    return [
      { id: str(call.id) ?? '', type: 'function' as const, function: { name, arguments: callArguments(fn) } },
    ];
  });
}

/** Some servers give the arguments as an object, some none at all. */
function callArguments(fn: JsonObject): string {
  if (typeof fn.arguments === 'string') return fn.arguments;
  return isObject(fn.arguments) ? JSON.stringify(fn.arguments) : '';
}

/** The arguments of a call as an object for wires that want one; undefined when the text is not a JSON object. */
export function argumentsObject(text: string): JsonObject | undefined {
  if (text.trim() === '') return {};
  const value = parseJson(text);
  return isObject(value) ? value : undefined;
}
