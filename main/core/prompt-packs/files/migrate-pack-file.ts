import type { JsonObject } from '../../lib/json.ts';

export const packFormat = 1;

/** One step from each format to the next: a new format adds its step here. The first needs none. */
const steps: readonly ((file: JsonObject) => JsonObject)[] = [];

/**
 * Migrates a `pack.json` of any known format to the current one, or returns why that is impossible. It does
 * not validate further.
 */
export function migratePackFile(file: JsonObject): { file: JsonObject } | { problem: string } {
  const format = file['format'] ?? 1;
  if (typeof format !== 'number' || !Number.isInteger(format) || format < 1)
    return { problem: `has the format ${JSON.stringify(format).slice(0, 40)}, which is none` };
  if (format > packFormat)
    return {
      problem: `was written by a newer version of the panel (format ${format}; this one reads ${packFormat})`,
    };
  return { file: steps.slice(format - 1).reduce((old, step) => step(old), file) };
}
