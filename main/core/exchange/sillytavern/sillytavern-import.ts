import { isDeepStrictEqual } from 'node:util';
import type { Persona, PersonaUpdate } from '../../../../contract/emulation.ts';
import type { SillyTavernImport, SillyTavernImported } from '../../../../contract/sillytavern.ts';
import type { Change, ImportItem } from '../../../../contract/user-preset.ts';
import { AppError } from '../../lib/app-error.ts';
import { codedText, detailOf } from '../../lib/coded-text.ts';
import type { JsonObject } from '../../lib/json.ts';
import type { PersonaFiles } from '../../emulation/persona-files.ts';
import { documentOf } from '../../history/preset-document.ts';
import { undoAll, type ChangeHistory, type UndoStep } from '../../history/change-history.ts';
import { moduleByName } from '../../registry/module-name.ts';
import type { RegistryStore } from '../../registry/registry-store.ts';
import { refusedItem } from '../plan-import.ts';
import type { PresetExchange } from '../preset-exchange.ts';
import { readFile, type ReadFile } from './read-file.ts';

export interface SillyTavernImporterParts {
  registry: RegistryStore;
  exchange: PresetExchange;
  history: ChangeHistory;
  personas: PersonaFiles;
}

type Input = SillyTavernImport;

const broken: Omit<ReadFile, 'refused'> = {
  kind: 'unknown',
  presets: [],
  providers: [],
  personas: [],
  leftOut: [],
};

/** Imports SillyTavern files as presets, providers and personas: previewed first, then all or nothing. */
export class SillyTavernImporter {
  readonly #parts: SillyTavernImporterParts;

  constructor(parts: SillyTavernImporterParts) {
    this.#parts = parts;
  }

  /**
   * Previews or applies a file. A preview never throws because of the file's content: an unusable file is one
   * refused item.
   * @throws AppError `unknown_module`; when applying, `file_unreadable` if nothing is usable, or if an item
   * is refused without `skip_refused`
   */
  async import(input: Input): Promise<SillyTavernImported> {
    const module = moduleByName(this.#parts.registry.current, input.module).name;
    const read = this.#read(input);
    const preview = await this.#shown(read, module);
    if (input.mode === 'preview') return preview;
    const refused = preview.items.filter(({ outcome }) => outcome === 'refused');
    const [first] = refused;
    if (first && (!input.skip_refused || refused.length === preview.items.length))
      throw new AppError(
        'file_unreadable',
        `nothing was imported: ${refused.length} of ${preview.items.length} are refused, the first ${first.id ?? first.what}: ${first.reason}`,
        { items: preview.items },
      );
    const written = read.personas.length
      ? { change: await this.#writePersonas(read.personas), warnings: [] }
      : await this.#parts.exchange.import({
          document: documentFor(read, module),
          mode: 'apply',
          skip_refused: input.skip_refused,
        });
    return { ...preview, ...written, items: preview.items, applied: true };
  }

  #read({ file, file_name: name }: Input): ReadFile {
    try {
      return readFile(Buffer.from(file, 'base64'), name, this.#parts.registry.current);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const id = name.slice(0, 100);
      const { code, message } = error;
      const why = codedText('import_note', 'file_refused', { error: code, message }, message);
      return { ...broken, refused: [refusedItem({ module: null, what: 'file', id }, why)] };
    }
  }

  async #shown(read: ReadFile, module: string): Promise<SillyTavernImported> {
    const { kind, leftOut, personas } = read;
    const own = read.presets.length
      ? (await this.#parts.exchange.import({ document: documentFor(read, module), mode: 'preview' })).items
      : [];
    const items = [
      ...own.map((item) => withSettings(item, read)),
      ...personas.map((update) => this.#personaItem(update)),
      ...read.refused.map((item) => (item.what === 'preset' ? { ...item, module } : item)),
    ];
    return { kind, applied: false, items, left_out: leftOut, change: null, warnings: [] };
  }

  #personaItem(update: PersonaUpdate): ImportItem {
    const { persona_id: id } = update;
    const before = this.#parts.personas.get(id);
    const same = before && isDeepStrictEqual(before, personaOf(update));
    const outcome = !before ? 'added' : same ? 'same' : 'replaced';
    const texts = update.style_guides?.length ?? 0;
    const note = codedText('import_note', 'style_guides', { texts }, `${texts} texts become style guides`);
    return { module: null, what: 'persona', id, outcome, note: note.message, note_detail: detailOf(note) };
  }

  #writePersonas(updates: readonly PersonaUpdate[]): Promise<Change | null> {
    const { history, personas } = this.#parts;
    return history.runExclusive(async () => {
      const ways: UndoStep[] = [];
      try {
        for (const update of updates) ways.push(await personas.write(personaOf(update)));
      } catch (error) {
        await undoAll(ways);
        throw error;
      }
      const names = updates.map(({ persona_id: id }) => id).join(', ');
      const summary = codedText('change', 'personas_imported', { personas: names }, `imported ${names}`);
      return history.add({ domain: 'presets', module: null, summary, ways, publish: () => [] });
    });
  }
}

const personaOf = ({ persona_id, style_guides, safety, metadata }: PersonaUpdate): Persona => ({
  persona_id,
  memory: [],
  style_guides: style_guides ?? [],
  safety: safety ?? {},
  metadata: metadata ?? {},
});

/** The file's settings from which a preset is made. */
function withSettings(item: ImportItem, { presets }: ReadFile): ImportItem {
  const preset = item.what === 'preset' ? presets.find(({ id }) => id === item.id) : undefined;
  if (!preset) return item;
  const { provider, model, options } = preset;
  const set = Object.entries(options).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return { ...item, note: [`${provider}/${model}`, ...set].join(', ') };
}

function documentFor({ presets, providers }: ReadFile, module: string): JsonObject {
  const document = documentOf({ [module]: { presets, edits: {} } });
  return { ...document, ...(providers.length ? { providers } : {}) };
}
