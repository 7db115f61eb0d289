import type { Message } from '../../../contract/chat.ts';
import type { PersonaTurn } from '../../../contract/emulation.ts';

/** Maximum remembered pairs of a user's turn and its reply. */
const rememberedPairs = 20;

/** The text of a message's content; other parts are ignored. */
export function textOf(content: Message['content']): string {
  if (typeof content === 'string') return content;
  const parts = (content ?? []).map((part) => part['text']);
  return parts.filter((text) => typeof text === 'string').join('\n');
}

/** The turns of a conversation that contain text to remember. */
export function turnsIn(messages: readonly Message[]): PersonaTurn[] {
  return messages.flatMap(({ role, content }) => {
    const text = textOf(content);
    return (role === 'user' || role === 'assistant') && text ? [{ role, content: text }] : [];
  });
}

/** The last 20 pairs. The result never begins with a reply, because some protocols refuse that. */
export function lastPairs(turns: readonly PersonaTurn[]): PersonaTurn[] {
  if (turns.length <= rememberedPairs * 2) return [...turns];
  const recent = turns.slice(-rememberedPairs * 2);
  const firstUser = recent.findIndex((turn) => turn.role === 'user');
  return firstUser > 0 ? recent.slice(firstUser) : recent;
}

const isSame = (message: Message | undefined, turn: PersonaTurn | undefined) =>
  message?.role === turn?.role && textOf(message?.content) === turn?.content;

/**
 * How many of a caller's first messages only repeat the memory: some clients send their whole history each
 * time, and the model would read it twice. The last message always counts as new.
 */
export function repeatedTurns(memory: readonly PersonaTurn[], messages: readonly Message[]): number {
  for (let n = messages.length - 1; n > 0 && memory.length > 0; n--) {
    const overlap = Math.min(n, memory.length);
    const all = Array.from({ length: overlap }, (_, i) =>
      isSame(messages[n - 1 - i], memory[memory.length - 1 - i]),
    );
    if (all.every(Boolean)) return n;
  }
  return 0;
}
