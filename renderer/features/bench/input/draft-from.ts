import type { Message } from '../../../../contract/chat.ts';
import type { DraftMessage, DraftRole } from './drafts.ts';
import { newMessage } from './drafts.ts';

const roles: Partial<Record<Message['role'], DraftRole>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
};

/**
 * The messages of a call as editable text. `leftOut` counts the parts that a text box cannot hold: images,
 * tool results.
 */
export function draftFrom(text: readonly Message[]): { draft: DraftMessage[]; leftOut: number } {
  let leftOut = 0;
  const draft = text.flatMap(({ role, content }) => {
    const known = roles[role];
    if (!known || content === null || content === undefined) {
      leftOut += 1;
      return [];
    }
    if (typeof content === 'string') return [newMessage(known, content)];
    const texts = content.flatMap((part) => (typeof part.text === 'string' ? [part.text] : []));
    leftOut += content.length - texts.length;
    return [newMessage(known, texts.join('\n'))];
  });
  return { draft, leftOut };
}
