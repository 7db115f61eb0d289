import type { Message } from '../../../contract/chat.ts';
import type { Persona } from '../../../contract/emulation.ts';
import type { Pack } from '../prompt-packs/pack.ts';
import { renderParts, systemMessage } from '../prompt-packs/render-pack.ts';
import { repeatedTurns, textOf } from './persona-memory.ts';

const isSystem = ({ role }: Message) => role === 'system' || role === 'developer';

export interface PersonaMessages {
  /** The messages to send. */
  messages: Message[];
  /** The caller's messages that are not remembered yet. */
  fresh: Message[];
}

/** Only variables that the pack declares: a user's own persona pack may omit some. */
function valuesFor(pack: Pack, persona: Persona, text: string): Record<string, unknown> {
  const { persona_id, style_guides, safety, memory } = persona;
  const all: Record<string, unknown> = { persona_id, style_guides, safety, memory, message: text };
  const names = new Set(pack.file.variables.map((variable) => variable.name));
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)));
}

/**
 * The persona pack's system message, then the caller's own, the remembered turns and the new ones, the last
 * of them rendered with the pack's template.
 * @throws AppError `pack_variables_invalid`, `pack_template_failed` from a user's own persona pack
 */
export function personaMessages(pack: Pack, persona: Persona, messages: readonly Message[]): PersonaMessages {
  const firstTurn = messages.findIndex((message) => !isSystem(message));
  const instructions = firstTurn < 0 ? messages : messages.slice(0, firstTurn);
  const turns = firstTurn < 0 ? [] : messages.slice(firstTurn);
  const repeated = repeatedTurns(persona.memory, turns);
  const memory = persona.memory.slice(0, Math.max(0, persona.memory.length - repeated));
  const text = textOf(turns.findLast((message) => message.role === 'user')?.content);
  const filled = renderParts(pack, valuesFor(pack, { ...persona, memory }, text));
  const last = turns.at(-1);
  const plain = last?.role === 'user' && typeof last.content === 'string';
  const sent = plain ? [...turns.slice(0, -1), { ...last, content: filled.last }] : turns;
  return {
    messages: [...systemMessage(filled.system), ...instructions, ...filled.turns, ...sent],
    fresh: turns.slice(repeated),
  };
}
