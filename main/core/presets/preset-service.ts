import type { OperationOutput, ParsedInput } from '../../../contract/operations/table.ts';
import type {
  ModulePresets,
  PresetForms,
  PresetSettings,
  UserPresetFile,
} from '../../../contract/user-preset.ts';
import { settingsOf } from '../../../contract/preset-settings.ts';
import { AppError } from '../lib/app-error.ts';
import { codedText } from '../lib/coded-text.ts';
import { notice, noticeFieldsOf, partOf, type Notice } from '../lib/notice.ts';
import type { Redactor } from '../lib/redact.ts';
import { findModel, type IsUsable } from '../registry/active-preset.ts';
import type { Module } from '../registry/model/model.ts';
import { moduleByName } from '../registry/module-name.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { moduleView } from '../registry/modules/module-view.ts';
import { checkServes } from './check-serves.ts';
import type { ChangeHistory } from '../history/change-history.ts';
import {
  checkFree,
  editIn,
  onlyEdit,
  ownIn,
  shippedIn,
  takenIds,
  withEdit,
  without,
  withOwn,
} from './preset-edits.ts';
import { presetForms } from './preset-forms.ts';
import { freeId, idFor } from './preset-ids.ts';
import { presetProblem } from './preset-problem.ts';
import type { PresetStore } from './preset-store.ts';

export interface PresetServiceParts {
  registry: RegistryStore;
  store: PresetStore;
  history: ChangeHistory;
  redactor: Redactor;
  /** Whether a provider could be called: a default moves only to a usable one. */
  usable: IsUsable;
  now(): number;
}

type Changed = OperationOutput<'presets.update'>;
type Gone = OperationOutput<'presets.remove'>;

/** The user's presets: their own, their edits of shipped ones, and the active one of each module. */
export class PresetService {
  readonly #parts: PresetServiceParts;

  constructor(parts: PresetServiceParts) {
    this.#parts = parts;
  }

  #module(name: string): Module {
    return moduleByName(this.#parts.registry.current, name);
  }

  #shipped(module: string): Module | undefined {
    return this.#parts.registry.current.shipped.modules.get(module);
  }

  #find(module: Module, id: string): PresetForms {
    const forms = presetForms(this.#parts.registry.current, module, this.#parts.now());
    const found = forms.find((preset) => preset.id === id);
    if (found) return found;
    throw new AppError('not_found', `${module.name} has no preset "${id}"`, {
      presets: forms.map((preset) => preset.id),
    });
  }

  /**
   * Rejects settings that every call would refuse; settings that may become valid later only give a warning.
   * An alias is replaced by the name.
   */
  #checked(settings: PresetSettings, warnings: Notice[]): PresetSettings {
    const problem = presetProblem(settings);
    if (problem) {
      const { message } = problem;
      const message_detail = partOf('preset_problem', problem);
      throw new AppError('invalid_request', message, {
        fields: [{ path: 'preset', message, message_detail }],
      });
    }
    const all = [...this.#parts.registry.current.providers.values()];
    const provider =
      all.find((p) => p.name === settings.provider) ?? all.find((p) => p.aliases.includes(settings.provider));
    if (!provider) {
      const message = `no provider is called "${settings.provider}" now; the preset cannot serve until there is one`;
      warnings.push(notice('provider_missing', { provider: settings.provider }, message));
      return settings;
    }
    if (!findModel(provider.models, settings.model)) {
      const values = { model: settings.model, provider: provider.name };
      const message = `the registry does not list "${values.model}" for ${values.provider}; it is sent as it is`;
      warnings.push(notice('model_unlisted', values, message));
    }
    return { ...settings, provider: provider.name };
  }

  #changed(module: string, id: string, change: Changed['change'], warnings: Notice[]): Changed {
    const preset = this.#find(this.#module(module), id);
    return this.#parts.redactor.redactDeep({ preset, change, ...noticeFieldsOf(warnings) });
  }

  /**
   * A module's presets in both forms, and changes that can be undone.
   * @throws AppError `unknown_module`
   */
  list(name: string): ModulePresets {
    const { registry, history, redactor, usable, now } = this.#parts;
    const { current } = registry;
    const module = this.#module(name);
    const view = moduleView({ registry: current, now: now(), usable }, module);
    const chosen = current.userPresets.files.get(module.name)?.active ?? null;
    return redactor.redactDeep({
      module: module.name,
      label: module.label,
      chosen: module.shortlist.some(({ id }) => id === chosen) ? chosen : null,
      active: view.active_preset,
      moved: view.moved,
      notices: view.notices,
      presets: presetForms(current, module, now()),
      changes: history.list(['presets', 'providers'], module.name),
      ...noticeFieldsOf(current.userPresets.warnings),
    });
  }

  /**
   * @throws AppError `id_taken`, `invalid_request` for settings that every call would refuse,
   * `unknown_module`
   */
  async create({
    module: name,
    preset: { id: wanted, ...preset },
  }: ParsedInput<'presets.create'>): Promise<Changed> {
    const module = this.#module(name);
    return this.#add(
      module,
      settingsOf(preset),
      (file) => wanted ?? idFor(module.name, preset.model, takenIds(this.#shipped(module.name), file)),
    );
  }

  /** Copies a preset in its current form to a preset of the user's own, in the same or another module. */
  async duplicate({ module: name, id, as, to }: ParsedInput<'presets.duplicate'>): Promise<Changed> {
    const source = this.#find(this.#module(name), id);
    const module = to === undefined ? this.#module(name) : this.#module(to);
    return this.#add(
      module,
      settingsOf(source.current),
      (file) => as ?? freeId(`${id}-copy`, takenIds(this.#shipped(module.name), file)),
    );
  }

  async #add(
    module: Module,
    settings: PresetSettings,
    idIn: (file: UserPresetFile) => string,
  ): Promise<Changed> {
    const reported: Notice[] = [];
    const checked = this.#checked(settings, reported);
    let id = '';
    const edit = (file: UserPresetFile): UserPresetFile => {
      id = idIn(file);
      checkFree(this.#shipped(module.name), file, id);
      return { ...file, presets: [...file.presets, { id, ...checked }] };
    };
    const { change, warnings } = await this.#parts.store.change(
      module.name,
      codedText('change', 'preset_created', { module: module.name }, `created a preset of ${module.name}`),
      { edit },
    );
    return this.#changed(module.name, id, change, [...reported, ...warnings]);
  }

  /** @throws AppError `not_found`, `id_taken`, `invalid_request` */
  async update({ module: name, id, set, unset, rename }: ParsedInput<'presets.update'>): Promise<Changed> {
    const module = this.#module(name);
    const shipped = this.#shipped(module.name);
    const reported: Notice[] = [];
    const applied = (settings: PresetSettings) => {
      const removed = Object.fromEntries(unset.map((field) => [field, undefined]));
      return this.#checked(settingsOf({ ...settings, ...set, ...removed }), reported);
    };
    const edit = (file: UserPresetFile): UserPresetFile => {
      const own = ownIn(file, id);
      if (own) {
        if (rename !== undefined && rename !== id) checkFree(shipped, file, rename);
        return withOwn(file, id, { id: rename ?? id, ...applied(own) });
      }
      const entry = shippedIn(shipped, id);
      if (!entry)
        throw new AppError('not_found', `${module.name} has no preset "${id}"`, {
          presets: [...takenIds(shipped, file)],
        });
      if (rename !== undefined)
        throw new AppError(
          'invalid_request',
          `"${id}" ships with the panel and keeps its id; duplicate it under another`,
        );
      return withEdit(file, entry, applied(editIn(file, id) ?? entry));
    };
    const { change, warnings } = await this.#parts.store.change(
      module.name,
      codedText('change', 'preset_changed', { preset: id }, `changed ${id}`),
      { edit },
    );
    return this.#changed(module.name, rename ?? id, change, [...reported, ...warnings]);
  }

  /**
   * Makes a preset serve its module; null restores the product's default.
   * @throws AppError `not_found`, `model_retired` with its replacement, `unknown_provider`
   */
  async activate({ module: name, id }: ParsedInput<'presets.activate'>): Promise<Gone> {
    const { registry, store, now } = this.#parts;
    const module = this.#module(name);
    if (id !== null) checkServes(registry.current, module, this.#find(module, id).current, now());
    const summary =
      id === null
        ? codedText(
            'change',
            'default_restored',
            { module: module.name },
            `left ${module.name} to its default`,
          )
        : codedText(
            'change',
            'preset_activated',
            { preset: id, module: module.name },
            `made ${id} serve ${module.name}`,
          );
    const edit = (file: UserPresetFile) => ({ ...file, active: id });
    const { change, warnings } = await store.change(module.name, summary, { edit });
    return { change, ...noticeFieldsOf(warnings) };
  }

  /**
   * Resets a shipped preset.
   * @throws AppError `not_found`, `invalid_request` for the user's own preset
   */
  async reset({ module: name, id }: ParsedInput<'presets.reset'>): Promise<Changed> {
    const module = this.#module(name);
    if (this.#find(module, id).shipped === null)
      throw new AppError('invalid_request', `"${id}" is your own: there is no shipped form to go back to`);
    const { change, warnings } = await this.#parts.store.change(
      module.name,
      codedText('change', 'preset_reset', { preset: id }, `reset ${id}`),
      {
        edit: (file) => ({ ...file, edits: without(file.edits, id) }),
        trash: (file) => ({ name: `${module.name}-${id}`, part: { presets: [], edits: onlyEdit(file, id) } }),
      },
    );
    return this.#changed(module.name, id, change, warnings);
  }

  /**
   * Deletes the user's own preset, or an edit whose preset no longer ships.
   * @throws AppError `not_found`, `invalid_request`
   */
  async remove({ module: name, id }: ParsedInput<'presets.remove'>): Promise<Gone> {
    const module = this.#module(name);
    const shipped = shippedIn(this.#shipped(module.name), id);
    const reported: Notice[] = [];
    const edit = (file: UserPresetFile): UserPresetFile => {
      if (!ownIn(file, id) && shipped)
        throw new AppError(
          'invalid_request',
          `"${id}" ships with the panel: reset it, or make another one active`,
        );
      if (!ownIn(file, id) && !editIn(file, id))
        throw new AppError('not_found', `${module.name} has no preset "${id}"`);
      if (file.active === id) {
        const message = `${id} was active; ${module.name} goes back to its default`;
        reported.push(notice('active_preset_removed', { preset: id, module: module.name }, message));
      }
      const active = file.active === id ? null : file.active;
      const edits = shipped ? file.edits : without(file.edits, id);
      return { ...file, active, presets: file.presets.filter((preset) => preset.id !== id), edits };
    };
    const trash = (file: UserPresetFile) => {
      const own = ownIn(file, id);
      return {
        name: `${module.name}-${id}`,
        part: { presets: own ? [own] : [], edits: shipped ? {} : onlyEdit(file, id) },
      };
    };
    const { change, warnings } = await this.#parts.store.change(
      module.name,
      codedText('change', 'preset_removed', { preset: id }, `removed ${id}`),
      {
        edit,
        trash,
      },
    );
    return { change, ...noticeFieldsOf([...reported, ...warnings]) };
  }
}
