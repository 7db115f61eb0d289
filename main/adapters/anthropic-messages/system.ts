import type { Message } from '../../../contract/chat.ts';
import type { ParamLedger } from '../shared/params.ts';
import { obj, str } from '../shared/read.ts';
import { loseFields } from './message-fields.ts';

/** A text of our own for the system prompt, and why it is there. */
export interface Instruction {
  text: string;
  reason: string;
}

/** Whether a message belongs into the system prompt. */
export function isSystem(message: Message): boolean {
  return message.role === 'system' || message.role === 'developer';
}

/**
 * The top-level `system`: the caller's own parameter of that name, then every system and developer message in
 * order, then our instruction. Text where all are plain, else a list of blocks, which keeps `cache_control`.
 */
export function wireSystem(
  messages: Message[],
  instruction: Instruction | undefined,
  books: ParamLedger,
): unknown {
  const own = books.take('system');
  const pieces: unknown[] = own === undefined ? [] : [own];
  const moved: string[] = [];
  messages.forEach((message, index) => {
    if (!isSystem(message)) return;
    loseFields(message, index, [], books);
    pieces.push(systemPiece(message.content, `messages[${index}].content`, books));
    moved.push(`messages[${index}] (${message.role})`);
  });
  const system = joined(pieces);
  if (moved.length > 0) {
    const together = pieces.length > 1 ? ', in order and together' : '';
    books.rewrite(
      '/system',
      moved,
      system,
      `this wire keeps system messages outside the conversation${together}`,
    );
  }
  if (!instruction) return system;
  const told = joined([...pieces, instruction.text]);
  books.rewrite('/system', system, told, instruction.reason);
  return told;
}

function systemPiece(content: unknown, from: string, books: ParamLedger): unknown {
  if (!Array.isArray(content)) return content ?? '';
  return content.filter((part: unknown, index) => {
    if (obj(part).type === 'text') return obj(part).text !== '';
    books.lose(`${from}[${index}]`, 'the system prompt takes text only: put it into a user message');
    return false;
  });
}

function joined(pieces: unknown[]): unknown {
  const said = pieces.filter((piece) => piece !== '' && !(Array.isArray(piece) && piece.length === 0));
  if (said.length <= 1) return said[0];
  if (said.every((piece) => typeof piece === 'string')) return said.join('\n\n');
  return said.flatMap((piece) => {
    const text = str(piece);
    return text === undefined ? piece : { type: 'text', text };
  });
}
