import type { ToolCall } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import { arr, isObject, obj, parseJson, str } from './read.ts';

/** A parsed function tool in the neutral (OpenAI) format. */
export interface Tool {
  /** Position in the caller's list, for `tools[2]` in a report. */
  index: number;
  name: string;
  description?: string;
  parameters?: JsonObject;
  strict?: boolean;
}

/** The function tools of `params.tools`, and the positions of other entries (a provider's own tools). */
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

/** The neutral tool choice, or undefined for an unknown one. */
export function readToolChoice(value: unknown): ToolChoice | undefined {
  if (value === 'auto' || value === 'none' || value === 'required') return value;
  const name = str(obj(obj(value).function).name);
  return name === undefined ? undefined : { name };
}

/** The tool calls of an assistant message; entries without a function name are skipped. */
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

/** Some servers send the arguments as an object, some send none. */
function callArguments(fn: JsonObject): string {
  if (typeof fn.arguments === 'string') return fn.arguments;
  return isObject(fn.arguments) ? JSON.stringify(fn.arguments) : '';
}

/**
 * A call's arguments as an object, for protocols that require one; undefined if the text is not a JSON
 * object.
 */
export function argumentsObject(text: string): JsonObject | undefined {
  if (text.trim() === '') return {};
  const value = parseJson(text);
  return isObject(value) ? value : undefined;
}
