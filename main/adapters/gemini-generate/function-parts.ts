import type { Message } from '../../../contract/chat.ts';
import type { JsonObject, Target } from '../define.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { textOf } from '../shared/parts.ts';
import { arr, isObject, obj, parseJson, str } from '../shared/read.ts';
import { argumentsObject, toolCallsOf } from '../shared/tools.ts';
import { fillsSignatures, signatureOf, skipSignature } from './thought-signatures.ts';

/** Models before Gemini 3 do not give calls ids; the ids that we generate are not sent back. */
export const madeUpId = (index: number): string => `call_${index}`;
const isMadeUp = (id: string): boolean => id === '' || /^call_\d{1,3}$/.test(id);

/** The `functionCall` parts of an assistant message; `at` is the position of the first in `contents`. */
export function callParts(
  message: Message,
  at: { turn: number; part: number },
  target: Target,
  report: ParameterReport,
): JsonObject[] {
  const calls = arr(message.tool_calls).filter((call) => str(obj(obj(call).function).name) !== undefined);
  const signatures = calls.map(signatureOf);
  const unsigned = signatures.every((signature) => signature === undefined) && fillsSignatures(target);
  return toolCallsOf(message).map((call, index) => {
    const path = `/contents/${at.turn}/parts/${at.part + index}`;
    const args = argumentsObject(call.function.arguments);
    if (!args) {
      const why = reason(
        'arguments_not_object',
        { api: 'Gemini' },
        'Gemini takes arguments as an object, and these are none',
      );
      report.rewrite(`${path}/functionCall/args`, call.function.arguments, {}, why);
    }
    const signature = signatures[index] ?? (unsigned && index === 0 ? skipSignature : undefined);
    if (signature === skipSignature && signatures[index] === undefined) {
      const why = reason(
        'signature_missing',
        {},
        'the call came without its signature (extra_content), and Gemini 3 refuses a call without one',
      );
      report.rewrite(`${path}/thoughtSignature`, null, signature, why);
    }
    const id = isMadeUp(call.id) ? {} : { id: call.id };
    return {
      functionCall: { ...id, name: call.function.name, args: args ?? {} },
      ...(signature === undefined ? {} : { thoughtSignature: signature }),
    };
  });
}

/** The `functionResponse` part for the tool message at `index`; its name is that of the call it answers. */
export function functionResponse(messages: Message[], index: number, report: ParameterReport): JsonObject {
  const message = obj(messages[index]);
  const id = str(message.tool_call_id) ?? '';
  const name = calledName(messages, index, id) ?? str(message.name);
  const sentAs = name ?? 'unknown';
  if (message.name !== undefined && message.name !== name) {
    const text = `the answer goes under the name of the call, "${sentAs}"`;
    report.lose(`messages[${index}].name`, reason('result_named', { name: sentAs }, text));
  }
  if (name === undefined) {
    report.lose(
      `messages[${index}].tool_call_id`,
      reason('result_without_call', {}, 'no call before it has this id, so the answer goes without a name'),
    );
  }
  loseImages(message, index, report);
  const text = textOf(message.content, '\n');
  const json = parseJson(text);
  const response = isObject(json) ? json : { output: text };
  return { functionResponse: { ...(isMadeUp(id) ? {} : { id }), name: sentAs, response } };
}

/** Searches the nearest earlier step first, because generated ids repeat in every step. */
function calledName(messages: Message[], index: number, id: string): string | undefined {
  const calls = messages.slice(0, index).flatMap((message) => toolCallsOf(message));
  return calls.findLast((call) => call.id === id)?.function.name;
}

function loseImages(message: JsonObject, index: number, report: ParameterReport): void {
  arr(message.content).forEach((part, partIndex) => {
    if (typeof part === 'string' || obj(part).type === 'text') return;
    report.lose(
      `messages[${index}].content[${partIndex}]`,
      reason('result_is_text_only', {}, 'the answer to a call is sent as text only'),
    );
  });
}
