import type { Message } from '../../../contract/chat.ts';
import type { Reason } from '../../../contract/reasons.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { obj, str } from '../shared/read.ts';
import { loseFields } from './message-fields.ts';

/** A text that we add to the system prompt, and why. */
export interface Instruction {
  text: string;
  why: Reason;
}

/** Whether a message belongs in the system prompt. */
export function isSystem(message: Message): boolean {
  return message.role === 'system' || message.role === 'developer';
}

/**
 * The top-level `system`: the caller's own parameter of that name, then every system and developer message in
 * order, then our instruction. A string if all are plain text, else a list of blocks, which preserves
 * `cache_control`.
 */
export function wireSystem(
  messages: Message[],
  instruction: Instruction | undefined,
  report: ParameterReport,
): unknown {
  const own = report.take('system');
  const pieces: unknown[] = own === undefined ? [] : [own];
  const moved: string[] = [];
  messages.forEach((message, index) => {
    if (!isSystem(message)) return;
    loseFields(message, index, [], report);
    pieces.push(systemPiece(message.content, `messages[${index}].content`, report));
    moved.push(`messages[${index}] (${message.role})`);
  });
  const system = joined(pieces);
  if (moved.length > 0) {
    const isJoined = pieces.length > 1;
    const text = `this protocol keeps system messages outside the conversation${isJoined ? ', in order and together' : ''}`;
    report.rewrite(
      '/system',
      moved,
      system,
      reason('system_outside_messages', { api: 'Anthropic', joined: isJoined }, text),
    );
  }
  if (!instruction) return system;
  const extended = joined([...pieces, instruction.text]);
  report.rewrite('/system', system, extended, instruction.why);
  return extended;
}

function systemPiece(content: unknown, from: string, report: ParameterReport): unknown {
  if (!Array.isArray(content)) return content ?? '';
  return content.filter((part: unknown, index) => {
    if (obj(part).type === 'text') return obj(part).text !== '';
    report.lose(
      `${from}[${index}]`,
      reason('system_is_text_only', {}, 'the system prompt takes text only: put it into a user message'),
    );
    return false;
  });
}

function joined(pieces: unknown[]): unknown {
  const filled = pieces.filter((piece) => piece !== '' && !(Array.isArray(piece) && piece.length === 0));
  if (filled.length <= 1) return filled[0];
  if (filled.every((piece) => typeof piece === 'string')) return filled.join('\n\n');
  return filled.flatMap((piece) => {
    const text = str(piece);
    return text === undefined ? piece : { type: 'text', text };
  });
}
