import type { Persona, PersonaTurn, PersonaUpdate } from '../../../contract/emulation.ts';
import type { PersonaFiles } from './persona-files.ts';
import { lastPairs } from './persona-memory.ts';

/** More than anyone uses in one session; beyond it the least recently used one is forgotten. */
const atMost = 500;

const newPersona = (persona_id: string): Persona => ({
  persona_id,
  memory: [],
  style_guides: [],
  safety: {},
  metadata: {},
});

/** Personas and their memory: in memory only, except for imported ones. */
export class Personas {
  readonly #byId = new Map<string, Persona>();
  readonly #files: PersonaFiles;

  constructor(files: PersonaFiles) {
    this.#files = files;
  }

  list(): Persona[] {
    const saved = this.#files.list().filter(({ persona_id: id }) => !this.#byId.has(id));
    return [...saved, ...this.#byId.values()];
  }

  get(id: string): Persona {
    return this.#byId.get(id) ?? this.#files.get(id) ?? newPersona(id);
  }

  #put(persona: Persona): Persona {
    this.#byId.delete(persona.persona_id);
    this.#byId.set(persona.persona_id, persona);
    const oldest = this.#byId.size > atMost ? this.#byId.keys().next().value : undefined;
    if (oldest !== undefined) this.#byId.delete(oldest);
    return persona;
  }

  /** `memory` and `style_guides` replace the old values; `safety` and `metadata` are merged key by key. */
  update({ persona_id, memory, style_guides, safety, metadata }: PersonaUpdate): Persona {
    const before = this.get(persona_id);
    return this.#put({
      persona_id,
      memory: lastPairs(memory ?? before.memory),
      style_guides: style_guides ?? before.style_guides,
      safety: { ...before.safety, ...safety },
      metadata: { ...before.metadata, ...metadata },
    });
  }

  remember(id: string, turns: readonly PersonaTurn[]): void {
    const before = this.get(id);
    this.#put({ ...before, memory: lastPairs([...before.memory, ...turns]) });
  }
}
