import type { ToolCall } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import { setFields } from './params.ts';
import { isObject } from './reader.ts';

/** A function tool in the neutral (OpenAI) format. */
export function functionTool(tool: {
  name: string;
  description?: string | undefined;
  parameters?: JsonObject | undefined;
  strict?: boolean | undefined;
}): JsonObject {
  return { type: 'function', function: setFields({ ...tool }) };
}

/** A tool choice that names one function. */
export function namedChoice(name: string): JsonObject {
  return { type: 'function', function: { name } };
}

/** One tool call of an assistant turn. */
export function neutralCall(id: string, name: string, args: string, extra?: JsonObject): ToolCall {
  return {
    id,
    type: 'function',
    function: { name, arguments: args },
    ...(extra === undefined ? {} : { extra_content: extra }),
  };
}

/** A call's arguments as an object; undefined if the text is not one. */
export function argumentsObject(text: string): JsonObject | undefined {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** For protocols whose arguments are objects: other text is stored under `arguments`. */
export function argumentsOrText(text: string): JsonObject {
  return argumentsObject(text) ?? { arguments: text };
}
