import type { Message } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { str } from '../shared/read.ts';
import { argumentsObject, toolCallsOf } from '../shared/tools.ts';

const api = 'Ollama';

/** `tool_calls` of an assistant message; arguments are objects here. */
export function wireCalls(message: Message, path: string, report: ParameterReport): JsonObject {
  const calls = toolCallsOf(message).map(({ id, type, function: fn }, callIndex) => {
    const args = argumentsObject(fn.arguments);
    if (!args) {
      const why = reason(
        'arguments_not_object',
        { api },
        'Ollama takes arguments as an object, and these are none',
      );
      report.rewrite(`${path}/tool_calls/${callIndex}/function/arguments`, fn.arguments, {}, why);
    }
    return { ...(id === '' ? {} : { id }), type, function: { name: fn.name, arguments: args ?? {} } };
  });
  return calls.length > 0 ? { tool_calls: calls } : {};
}

/**
 * `tool_name` and `tool_call_id` of a tool result. The name is the caller's, else that of the call it
 * answers.
 */
export function answerFields(
  message: Message,
  index: number,
  path: string,
  messages: Message[],
  report: ParameterReport,
): JsonObject {
  const id = str(message.tool_call_id);
  const ownName = str(message.tool_name) ?? str(message.name);
  const calls = messages.slice(0, index).flatMap((earlier) => toolCallsOf(earlier));
  const called = id === undefined ? undefined : calls.findLast((call) => call.id === id)?.function.name;
  const name = ownName ?? called;
  if (name !== undefined && message.tool_name === undefined) {
    const why =
      ownName === undefined
        ? reason('result_name_wanted', { api }, 'Ollama wants the name of the tool that was called')
        : reason('own_name', { api }, "Ollama's name for it");
    report.rewrite(`${path}/tool_name`, ownName === undefined ? null : { name: ownName }, name, why);
  }
  return {
    ...(name === undefined ? {} : { tool_name: name }),
    ...(id === undefined ? {} : { tool_call_id: id }),
  };
}
