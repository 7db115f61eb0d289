import type { Message } from '../../../contract/chat.ts';
import type { JsonObject, Target } from '../define.ts';
import { loseFields } from '../shared/lost-fields.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { toParts } from '../shared/parts.ts';
import { callParts, functionResponse } from './function-parts.ts';
import { imagePart } from './image-part.ts';
import { isSystem } from './system.ts';

const api = 'Gemini';

const carried: Record<Message['role'], readonly string[]> = {
  system: [],
  developer: [],
  user: ['role', 'content'],
  assistant: ['role', 'content', 'tool_calls'],
  tool: ['role', 'content', 'tool_call_id', 'name'],
};

/**
 * `contents`: user and model turns. The results of one step's function calls are in one turn, as many as
 * there are calls. Sources: https://ai.google.dev/api/caching#Content,
 * https://ai.google.dev/gemini-api/docs/function-calling
 */
export function contentsOf(messages: Message[], target: Target, report: ParameterReport): JsonObject[] {
  const contents: { role: string; parts: JsonObject[] }[] = [];
  let answers: JsonObject[] | undefined;
  messages.forEach((message, index) => {
    if (isSystem(message)) return;
    loseFields(
      message,
      index,
      carried[message.role],
      reason('unknown_message_field', { api }, 'a Gemini turn has no such field'),
      report,
    );
    if (message.role !== 'tool') {
      answers = undefined;
      const role = message.role === 'assistant' ? 'model' : 'user';
      contents.push({ role, parts: partsOf(message, index, contents.length, target, report) });
      return;
    }
    const part = functionResponse(messages, index, report);
    if (answers) {
      const path = `/contents/${contents.length - 1}/parts/${answers.length}`;
      report.rewrite(
        path,
        `messages[${index}]`,
        part,
        reason('results_in_one_turn', { api }, 'Gemini takes the answers to one step in one turn'),
      );
      answers.push(part);
    } else {
      answers = [part];
      contents.push({ role: 'user', parts: answers });
    }
  });
  return contents;
}

/** A turn needs at least one part, so an empty message becomes an empty text. */
function partsOf(
  message: Message,
  index: number,
  turn: number,
  target: Target,
  report: ParameterReport,
): JsonObject[] {
  const parts = contentParts(message, index, report);
  if (message.role === 'assistant')
    parts.push(...callParts(message, { turn, part: parts.length }, target, report));
  return parts.length > 0 ? parts : [{ text: '' }];
}

function contentParts(message: Message, index: number, report: ParameterReport): JsonObject[] {
  return toParts(message.content).flatMap((part, partIndex) => {
    const name = `messages[${index}].content[${partIndex}]`;
    if (part.kind === 'text') return [{ text: part.text }];
    if (part.kind === 'image') return imagePart(part, name, report);
    report.lose(
      name,
      reason(
        'part_not_carried',
        { api, type: part.type },
        `a part of type "${part.type}" is not translated for Gemini: text and image_url are`,
      ),
    );
    return [];
  });
}
