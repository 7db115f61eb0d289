import type { Message } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { arr } from '../shared/read.ts';
import { argumentsObject, toolCallsOf } from '../shared/tools.ts';
import { wireBlocks, type Position } from './content.ts';
import { loseFields } from './message-fields.ts';
import { isSystem } from './system.ts';

/**
 * The conversation without its system messages. Consecutive turns of one role, and a first turn of the
 * assistant, are sent unchanged: the API merges them and accepts any order (release notes of 2024-10-08).
 */
export function wireMessages(messages: Message[], report: ParameterReport): JsonObject[] {
  const converted: JsonObject[] = [];
  messages.forEach((message, index) => {
    if (isSystem(message)) return;
    if (message.role === 'tool') {
      addToolResult(message, index, converted, previousIsTool(messages, index), report);
      return;
    }
    const location = { from: `messages[${index}].content`, to: `/messages/${converted.length}/content` };
    if (message.role === 'user') {
      loseFields(message, index, [], report);
      converted.push({ role: 'user', content: wireContent(message.content, location, report) });
      return;
    }
    loseFields(message, index, ['tool_calls'], report);
    const content = assistantContent(message, index, location, report);
    if (content.length > 0 || index === messages.length - 1) {
      converted.push({ role: 'assistant', content });
      return;
    }
    report.rewrite(
      '/messages',
      `messages[${index}]`,
      null,
      reason('empty_turn', {}, 'the API refuses an empty assistant turn: left out'),
    );
  });
  return converted;
}

function wireContent(
  content: Message['content'],
  location: Position,
  report: ParameterReport,
): string | unknown[] {
  return Array.isArray(content) ? wireBlocks(content, location, report) : (content ?? '');
}

/** Text stays a string unless tool calls follow; an empty text block is not allowed beside them. */
function assistantContent(
  message: Message,
  index: number,
  location: Position,
  report: ParameterReport,
): string | unknown[] {
  const content = wireContent(message.content, location, report);
  const calls = arr(message.tool_calls);
  if (calls.length === 0) return content;
  const blocks = typeof content === 'string' ? textBlocks(content) : content;
  const from = `messages[${index}].tool_calls`;
  calls.forEach((call, n) => addToolUse(call, `${from}[${n}]`, blocks, location, report));
  return blocks;
}

function textBlocks(text: string): unknown[] {
  return text === '' ? [] : [{ type: 'text', text }];
}

/**
 * A call's `input` is an object here, not JSON text; arguments that are not an object are stored under
 * `arguments`.
 */
function addToolUse(
  entry: unknown,
  from: string,
  blocks: unknown[],
  location: Position,
  report: ParameterReport,
): void {
  const [call] = toolCallsOf({ tool_calls: [entry] });
  if (!call) {
    report.lose(
      from,
      reason(
        'not_a_function_call',
        {},
        'not a call of a function tool, which is the only kind this protocol carries',
      ),
    );
    return;
  }
  const to = `${location.to}/${blocks.length}`;
  report.rewrite(
    `${to}/type`,
    from,
    'tool_use',
    reason('calls_in_turn', {}, 'calls are blocks of the assistant’s turn in this protocol'),
  );
  const text = call.function.arguments;
  const input = argumentsObject(text) ?? { arguments: text };
  if (argumentsObject(text) === undefined) {
    const why = reason(
      'arguments_kept_as_text',
      {},
      'the arguments are not a JSON object, as this protocol wants: kept as text',
    );
    report.rewrite(`${to}/input`, text, input, why);
  }
  blocks.push({ type: 'tool_use', id: call.id, name: call.function.name, input });
}

function previousIsTool(messages: Message[], index: number): boolean {
  return messages[index - 1]?.role === 'tool';
}

/**
 * Results are blocks of a user turn. The results of one step must be in one turn, or the API reports some as
 * missing.
 */
function addToolResult(
  message: Message,
  index: number,
  converted: JsonObject[],
  joins: boolean,
  report: ParameterReport,
): void {
  loseFields(message, index, ['tool_call_id', 'is_error', 'cache_control'], report);
  if (!joins) converted.push({ role: 'user', content: [] });
  const results = converted.at(-1)?.content as unknown[];
  const to = `/messages/${converted.length - 1}/content/${results.length}`;
  const content = wireContent(
    message.content,
    { from: `messages[${index}].content`, to: `${to}/content` },
    report,
  );
  report.rewrite(
    `${to}/type`,
    `messages[${index}] (tool)`,
    'tool_result',
    reason(
      'results_in_one_turn',
      { api: 'Anthropic' },
      'tool results are blocks of one user turn in this protocol',
    ),
  );
  results.push({
    type: 'tool_result',
    tool_use_id: message.tool_call_id,
    ...(content.length === 0 ? {} : { content }),
    ...(message.is_error === undefined ? {} : { is_error: message.is_error }),
    ...(message.cache_control === undefined ? {} : { cache_control: message.cache_control }),
  });
}
