import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  userPresetFile,
  type PresetSettings,
  type UserPresetFile,
} from '../../../../contract/user-preset.ts';
import { AppError } from '../../lib/app-error.ts';
import { readJson } from '../../lib/files/read-json.ts';
import { checkKeys } from '../../lib/check-keys.ts';
import { migratePresetFile } from '../../registry/presets/migrate-preset-file.ts';
import { asPresetFile, presetsFolder, readPresetFile } from '../../registry/presets/preset-files.ts';
import { schemaProblem } from '../../registry/presets/schema-problem.ts';
import { findModel } from '../../registry/active-preset.ts';
import type { Registry } from '../../registry/build-registry.ts';
import { dayOf, isGone } from '../../registry/lifecycle.ts';
import type { Provider } from '../../registry/model/model.ts';
import { fieldProblems, refusedValue, type CodedFieldProblem } from '../../lib/validation.ts';
import { error, errorsOf, warning, type Fault } from './fault.ts';

/** The JSON files of a folder, sorted by name; empty if the folder does not exist. */
export function jsonFilesIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    return names.sort().map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** Problems that make a value an invalid preset file, each with its path. */
export function presetFileProblems(value: unknown): CodedFieldProblem[] {
  const whole = (message: string) => [refusedValue('', message)];
  const migrated = migratePresetFile(value);
  if ('problem' in migrated) return whole(migrated.problem);
  try {
    checkKeys(migrated.file);
  } catch (thrown) {
    return whole(thrown instanceof AppError ? thrown.message : String(thrown));
  }
  const parsed = userPresetFile.safeParse(migrated.file);
  if (!parsed.success) return fieldProblems(parsed.error, userPresetFile);
  const { presets, edits } = parsed.data;
  const places: [string, PresetSettings][] = [
    ...presets.map((preset, i): [string, PresetSettings] => [`presets[${i}]`, preset]),
    ...Object.entries(edits).map(([id, edit]): [string, PresetSettings] => [`edits.${id}`, edit]),
  ];
  const ofSchemas = places.flatMap(([location, settings]) => {
    const problem = schemaProblem(settings.schema);
    return problem ? [refusedValue(`${location}.schema`, problem.message)] : [];
  });
  if (ofSchemas.length) return ofSchemas;
  const read = asPresetFile(value);
  return 'problem' in read ? whole(read.problem) : [];
}

function shapeFaults(path: string): Fault[] {
  const json = readJson(path);
  if (!json.found) return [];
  if ('problem' in json) return [error(path, '', json.problem)];
  return errorsOf(path, presetFileProblems(json.value));
}

/** What names are checked against. */
export interface Known {
  registry: Registry;
  /** Names in files that have other faults, and so are missing from the registry. */
  declared: ReadonlySet<string>;
  now: number;
}

/** A provider by its name or an alias; null for one whose own file has a fault. */
export function knownProvider({ registry, declared }: Known, name: string): Provider | null | undefined {
  const { providers } = registry;
  const found = providers.get(name) ?? [...providers.values()].find((p) => p.aliases.includes(name));
  return found ?? (declared.has(name) ? null : undefined);
}

/** Names in a preset that do not exist, or no longer exist. */
function targetFaults(path: string, location: string, named: PresetSettings, known: Known): Fault[] {
  const provider = knownProvider(known, named.provider);
  if (provider === undefined)
    return [error(path, `${location}.provider`, `"${named.provider}" is not a provider`)];
  if (provider === null) return [];
  const { registry, now } = known;
  const today = dayOf(now);
  const model = findModel(provider.models, named.model);
  const life = registry.lifecycle.view(provider, model ?? { id: named.model, wireId: named.model }, today);
  const then = life.successor ? `; its successor is ${life.successor}` : '';
  if (isGone(life.status))
    return [warning(path, `${location}.model`, `${named.model} is ${life.status.replace('_', ' ')}${then}`)];
  if (!model && provider.kind === 'cloud')
    return [warning(path, `${location}.model`, `${provider.name} does not list "${named.model}"`)];
  return [];
}

function meaningFaults(path: string, file: UserPresetFile, known: Known): Fault[] {
  const name = basename(path, '.json');
  const module = known.registry.shipped.modules.get(name);
  if (!module) return [error(path, '', `no module is called "${name}": its presets are ignored`)];
  const shipped = new Set(module.shortlist.map(({ id }) => id));
  const ids = [...shipped, ...file.presets.map(({ id }) => id)];
  return [
    ...(file.active !== null && !ids.includes(file.active)
      ? [error(path, 'active', `"${file.active}" is not a preset of ${name}`)]
      : []),
    ...file.presets.flatMap((p, i) => targetFaults(path, `presets[${i}]`, p, known)),
    ...Object.entries(file.edits).flatMap(([id, edit]) =>
      shipped.has(id)
        ? targetFaults(path, `edits.${id}`, edit, known)
        : [warning(path, `edits.${id}`, 'no preset with this id ships: the edit is not used')],
    ),
  ];
}

/** Faults of the user's presets, `config/llm/presets/*.json`. */
export function checkPresets(runtimeRoot: string, known: Known): Fault[] {
  return jsonFilesIn(presetsFolder(runtimeRoot)).flatMap((path) => {
    const broken = shapeFaults(path);
    if (broken.length) return broken;
    const read = readPresetFile(path);
    if (!read.found) return [];
    if ('problem' in read) return [error(path, '', read.problem)];
    return meaningFaults(path, read.file, known);
  });
}
