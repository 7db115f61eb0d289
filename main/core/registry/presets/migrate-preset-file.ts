import { isObject, type JsonObject } from '../../lib/json.ts';

const presetFileVersion = 1;

const own = (entry: JsonObject) => entry['origin'] === 'user' || entry['origin'] === undefined;

/** A preset's settings, without its position in a shipped list. */
function settingsOf({
  id: _id,
  rank: _rank,
  origin: _origin,
  replaces: _replaces,
  ...settings
}: JsonObject): JsonObject {
  return { notes: '', options: {}, ...settings };
}

/** Version 0: a bare shortlist as in `registry/modules`, with edited shipped presets among the user's own. */
function fromBareShortlist(file: JsonObject): JsonObject {
  const entries = (Array.isArray(file['shortlist']) ? file['shortlist'] : []).filter(isObject);
  const edited = entries.filter((entry) => !own(entry));
  return {
    version: 1,
    active: file['active'] ?? null,
    presets: entries.filter(own).map((entry) => ({ id: entry['id'], ...settingsOf(entry) })),
    edits: Object.fromEntries(edited.map((entry) => [String(entry['id']), settingsOf(entry)])),
  };
}

/** One step from each version to the next. A new version adds its step here and its shape to the tests. */
const steps: readonly ((file: JsonObject) => JsonObject)[] = [fromBareShortlist];

/**
 * Migrates a file of any known version to the current one, or returns why that is impossible. It does not
 * validate further.
 */
export function migratePresetFile(value: unknown): { file: JsonObject } | { problem: string } {
  if (!isObject(value)) return { problem: 'is not a JSON object' };
  const version = value['version'] ?? 0;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0)
    return { problem: `has the version ${JSON.stringify(version).slice(0, 40)}, which does not exist` };
  if (version > presetFileVersion)
    return {
      problem: `was written by a newer version of the panel (${version}; this one reads ${presetFileVersion})`,
    };
  return { file: steps.slice(version).reduce((file, step) => step(file), value) };
}
