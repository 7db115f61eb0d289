import { settingsOf } from '../../../contract/preset-settings.ts';
import { isDeepStrictEqual } from 'node:util';
import type { ProviderEntry } from '../../../contract/provider.ts';
import {
  maxOwnPresets,
  type ExportedModule,
  type ImportItem,
  type PresetDocument,
  type PresetSettings,
  type UserPresetFile,
} from '../../../contract/user-preset.ts';
import type { PackContent, PackProblem } from '../../../contract/user-pack.ts';
import { problemText } from '../prompt-packs/user-packs.ts';
import { codedText, detailOf } from '../lib/coded-text.ts';
import { composed, partOf, type Composed } from '../lib/notice.ts';
import type { Registry } from '../registry/build-registry.ts';
import type { Module } from '../registry/model/model.ts';
import { foldModuleName } from '../registry/module-name.ts';
import { editIn, ownIn, shippedIn, withEdit, withOwn } from '../presets/preset-edits.ts';
import { presetProblem } from '../presets/preset-problem.ts';
import { refusedProvider } from './refused-provider.ts';

export interface ImportPlan {
  items: ImportItem[];
  /** The state to write, for each module that changes. */
  files: Map<string, UserPresetFile>;
  providers: ProviderEntry[];
  packs: PackContent[];
}

export interface ImportState {
  registry: Registry;
  /** The current content of a module's file. */
  fileOf(module: string): UserPresetFile;
  /** The user's provider as its file has it, without fields that an export omits. */
  ownProvider(name: string): ProviderEntry | undefined;
  /** The user's pack as its folder has it. */
  ownPack(module: string): PackContent | undefined;
  /** All problems that make a pack unusable; takes up to a second per rendering. */
  checkPack(pack: PackContent): PackProblem[];
}

type Subject = Pick<ImportItem, 'module' | 'what' | 'id'>;
type Note = Composed<'import_note'>;

/** An item that an import does not take, and why. */
export const refusedItem = (subject: Subject, why: Note): ImportItem => ({
  ...subject,
  outcome: 'refused',
  reason: why.message,
  reason_detail: detailOf(why),
});

function settingsProblem(settings: PresetSettings): Note | undefined {
  const problem = presetProblem(settings);
  if (problem === undefined) return undefined;
  const { message } = problem;
  const note = codedText('import_note', 'settings_refused', { message }, message);
  return composed(note, problem.problem_details ?? [partOf('preset_problem', problem)]);
}

function packProblem(problem: PackProblem): Note {
  const message = problemText(problem);
  const { file, path, message_detail: detail } = problem;
  const parts = detail ? [partOf('file_problem', detail, path ? `${file}: ${path}` : file)] : [];
  return composed(codedText('import_note', 'pack_broken', { message }, message), parts);
}

const outcome = (was: unknown, is: unknown) =>
  was === undefined ? 'added' : isDeepStrictEqual(was, is) ? 'same' : 'replaced';

class ModuleImport {
  readonly items: ImportItem[] = [];
  file: UserPresetFile;
  readonly #module: Module;

  constructor(module: Module, file: UserPresetFile) {
    this.#module = module;
    this.file = file;
  }

  /** Plans one item: a refused one changes nothing. */
  #take(
    subject: Subject,
    problem: Note | undefined,
    was: unknown,
    is: unknown,
    next: () => UserPresetFile,
  ): void {
    if (problem) return void this.items.push(refusedItem(subject, problem));
    this.items.push({ ...subject, outcome: outcome(was, is) });
    this.file = next();
  }

  all({ presets, edits, active }: ExportedModule): void {
    const { name: module } = this.#module;
    const seen = new Set<string>();
    for (const preset of presets) {
      const { id } = preset;
      const was = ownIn(this.file, id);
      const shipped =
        shippedIn(this.#module, id) && !was
          ? codedText('import_note', 'id_ships', {}, 'a preset that ships with the panel has this id')
          : undefined;
      const twice = seen.has(id)
        ? codedText('import_note', 'id_twice', {}, 'the file holds this id twice')
        : undefined;
      const full =
        !was && this.file.presets.length >= maxOwnPresets
          ? codedText(
              'import_note',
              'module_full',
              { module, presets: maxOwnPresets },
              `${module} holds ${maxOwnPresets} presets of your own already`,
            )
          : undefined;
      seen.add(id);
      this.#take(
        { module, what: 'preset', id },
        shipped ?? twice ?? full ?? settingsProblem(preset),
        was,
        preset,
        () =>
          was ? withOwn(this.file, id, preset) : { ...this.file, presets: [...this.file.presets, preset] },
      );
    }
    for (const [id, settings] of Object.entries(edits)) {
      const entry = shippedIn(this.#module, id);
      const unknown = entry
        ? undefined
        : codedText('import_note', 'id_not_shipped', {}, 'no preset of this id ships with the panel');
      const was = entry && (editIn(this.file, id) ?? settingsOf(entry));
      this.#take({ module, what: 'edit', id }, unknown ?? settingsProblem(settings), was, settings, () =>
        entry ? withEdit(this.file, entry, settings) : this.file,
      );
    }
    if (active !== undefined) this.#active(active);
  }

  #active(active: string | null): void {
    const there = active === null || ownIn(this.file, active) || shippedIn(this.#module, active);
    const problem = there
      ? undefined
      : codedText('import_note', 'no_such_preset', {}, 'there is no such preset');
    const was = this.file.active ?? undefined;
    const subject = { module: this.#module.name, what: 'active', id: active } as const;
    if (active === null && was === undefined) return;
    this.#take(subject, problem, was, active, () => ({ ...this.file, active }));
  }
}

function refuseAll(module: string, part: ExportedModule, reason: Note): ImportItem[] {
  const refused = (what: ImportItem['what'], id: string) => refusedItem({ module, what, id }, reason);
  return [
    ...part.presets.map(({ id }) => refused('preset', id)),
    ...Object.keys(part.edits).map((id) => refused('edit', id)),
  ];
}

/** Long enough for any real packs; limits hostile ones. */
const checkingMs = 5000;

function planPacks(packs: readonly PackContent[], state: ImportState, items: ImportItem[]): PackContent[] {
  const taken: PackContent[] = [];
  const seen = new Set<string>();
  const begun = performance.now();
  for (const pack of packs) {
    const { module, title } = pack.pack;
    const subject = { module, what: 'pack', id: title } as const;
    const late =
      performance.now() - begun > checkingMs
        ? codedText('import_note', 'check_too_slow', {}, 'checking the packs before it took too long')
        : undefined;
    const twice = seen.has(module)
      ? codedText('import_note', 'pack_twice', {}, 'the file holds a pack for this module twice')
      : undefined;
    const [problem] = twice || late ? [] : state.checkPack(pack);
    const reason = twice ?? late ?? (problem && packProblem(problem));
    seen.add(module);
    if (reason) items.push(refusedItem(subject, reason));
    else {
      const was = state.ownPack(module);
      const result = outcome(was && withoutFormat(was), withoutFormat(pack));
      items.push({ ...subject, outcome: result });
      if (result !== 'same') taken.push(pack);
    }
  }
  return taken;
}

/** The version of the file format is not part of the content. */
function withoutFormat({ pack: { format: _format, ...pack }, ...rest }: PackContent): object {
  return { ...rest, pack };
}

/** The effect of importing a document, item by item. Nothing is written. */
export function planImport(document: PresetDocument, state: ImportState): ImportPlan {
  const items: ImportItem[] = [];
  const files = new Map<string, UserPresetFile>();
  for (const [written, part] of Object.entries(document.modules)) {
    const module =
      state.registry.shipped.modules.get(written) ??
      state.registry.shipped.modules.get(foldModuleName(written));
    if (!module) {
      const name = written.slice(0, 64);
      const reason = codedText(
        'import_note',
        'unknown_module',
        { module: name },
        `no module is called "${name}"`,
      );
      items.push(...refuseAll(written, part, reason));
      continue;
    }
    const before = files.get(module.name) ?? state.fileOf(module.name);
    const taken = new ModuleImport(module, before);
    taken.all(part);
    items.push(...taken.items);
    if (!isDeepStrictEqual(before, taken.file)) files.set(module.name, taken.file);
  }
  const providers: ProviderEntry[] = [];
  const names = new Set<string>();
  for (const entry of document.providers ?? []) {
    const subject = { module: null, what: 'provider', id: entry.name } as const;
    const reason = names.has(entry.name)
      ? codedText('import_note', 'name_twice', {}, 'the file holds this name twice')
      : refusedProvider(entry, state.registry);
    names.add(entry.name);
    if (reason) items.push(refusedItem(subject, reason));
    else {
      const result = outcome(state.ownProvider(entry.name), entry);
      const note = codedText('import_note', 'calls_go_to', { base: entry.base }, `calls go to ${entry.base}`);
      items.push({ ...subject, outcome: result, note: note.message, note_detail: detailOf(note) });
      if (result !== 'same') providers.push(entry);
    }
  }
  const packs = planPacks(document.packs ?? [], state, items);
  return { items, files, providers, packs };
}
