import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { persona, type Persona } from '../../../contract/emulation.ts';
import { readJson, unreadable } from '../lib/files/read-json.ts';
import { readFolder, readTextFile } from '../lib/files/read-text-file.ts';
import { removeFile, replaceFile } from '../lib/files/replace-file.ts';
import type { UndoStep } from '../history/change-history.ts';
import { AppError } from '../lib/app-error.ts';

/** What a persona is, without what it remembers. */
const savedPersona = z.object({ version: z.literal(1), ...persona.omit({ memory: true }).shape });

/** The most personas that are read: more are no one's work. */
const maxPersonas = 500;

/** Personas that were imported: `config/llm/personas/<name>.json`. What they remember is in memory only. */
export class PersonaFiles {
  readonly #folder: string;

  constructor(runtimeRoot: string) {
    this.#folder = join(runtimeRoot, 'config', 'llm', 'personas');
  }

  /** All that can be read; a broken file is left out. */
  list(): Persona[] {
    const read = readFolder(this.#folder);
    if ('problem' in read) return [];
    const files = read.names.filter((name) => name.endsWith('.json')).slice(0, maxPersonas);
    return files.flatMap((file) => this.#read(join(this.#folder, file)) ?? []);
  }

  get(id: string): Persona | undefined {
    const found = this.#read(this.#path(id));
    return found?.persona_id === id ? found : undefined;
  }

  /** @returns how to undo it @throws AppError `file_unreadable` when it cannot be written, or what is there cannot be read */
  async write(next: Omit<Persona, 'memory'>): Promise<UndoStep> {
    const path = this.#path(next.persona_id);
    const before = this.#text(path);
    const { persona_id, style_guides, safety, metadata } = next;
    const after = `${JSON.stringify({ version: 1, persona_id, style_guides, safety, metadata }, null, 2)}\n`;
    await replaceFile(path, after);
    const check = () => {
      if (this.#text(path) !== after)
        throw new AppError('invalid_request', `${path} was changed again since; undo that first`);
    };
    const run = async () => {
      if (before === undefined) await removeFile(path);
      else await replaceFile(path, before);
      return [];
    };
    return { check, run };
  }

  /** Two names may look the same as files: the hash keeps them apart. */
  #path(id: string): string {
    const plain = id
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40);
    const hash = createHash('sha256').update(id).digest('hex').slice(0, 10);
    return join(this.#folder, `${plain ? `${plain}-` : ''}${hash}.json`);
  }

  #read(path: string): Persona | undefined {
    const json = readJson(path);
    if (!json.found || 'problem' in json) return undefined;
    const parsed = savedPersona.safeParse(json.value);
    if (!parsed.success) return undefined;
    const { version: _version, ...saved } = parsed.data;
    return { ...saved, memory: [] };
  }

  /** @throws AppError `file_unreadable` for what could not be put back by an undo */
  #text(path: string): string | undefined {
    const file = readTextFile(path);
    if (file.state === 'missing') return undefined;
    if (file.state !== 'read') throw unreadable(path, file.problem);
    return file.text;
  }
}
