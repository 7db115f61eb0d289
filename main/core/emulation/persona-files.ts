import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { persona, type Persona } from '../../../contract/emulation.ts';
import { readJson, unreadable } from '../lib/files/read-json.ts';
import { readFolder, readTextFile } from '../lib/files/read-text-file.ts';
import { removeFile, replaceFile } from '../lib/files/replace-file.ts';
import type { UndoStep } from '../history/change-history.ts';
import { AppError } from '../lib/app-error.ts';

/** A persona without its memory. */
const savedPersona = z.object({ version: z.literal(1), ...persona.omit({ memory: true }).shape });

/** Maximum personas that are read; more are not realistic. */
const maxPersonas = 500;

/** Imported personas: `config/llm/personas/<name>.json`. Their memory is never written to disk. */
export class PersonaFiles {
  readonly #folder: string;

  constructor(runtimeRoot: string) {
    this.#folder = join(runtimeRoot, 'config', 'llm', 'personas');
  }

  /** All valid personas; a broken file is skipped. */
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

  /**
   * @returns the undo step
   * @throws AppError `file_unreadable` if it cannot be written, or if the existing file cannot be read
   */
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

  /** Two names may give the same file name; the hash distinguishes them. */
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

  /** @throws AppError `file_unreadable` for a file that an undo could not restore */
  #text(path: string): string | undefined {
    const file = readTextFile(path);
    if (file.state === 'missing') return undefined;
    if (file.state !== 'read') throw unreadable(path, file.problem);
    return file.text;
  }
}
