import type { ToolCall } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import { setFields } from './params.ts';

/** A function tool in the neutral (OpenAI) shape. */
export function functionTool(tool: {
  name: string;
  description?: string | undefined;
  parameters?: JsonObject | undefined;
  strict?: boolean | undefined;
}): JsonObject {
  return { type: 'function', function: setFields({ ...tool }) };
}

/** A choice that names one function. */
export function namedChoice(name: string): JsonObject {
  return { type: 'function', function: { name } };
}

/** One call of an assistant's turn. */
export function neutralCall(id: string, name: string, args: string, extra?: JsonObject): ToolCall {
  return {
    id,
    type: 'function',
    function: { name, arguments: args },
    ...(extra === undefined ? {} : { extra_content: extra }),
  };
}

/** The arguments of a call as an object; undefined where the text is none. */
export function argumentsObject(text: string): JsonObject | undefined {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}

/** For protocols whose arguments are objects: text that is none is kept under `arguments`. */
export function argumentsOrText(text: string): JsonObject {
  return argumentsObject(text) ?? { arguments: text };
}
