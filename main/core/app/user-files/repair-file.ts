import { jsonrepair } from 'jsonrepair';
import type { FileRepair, UserFileKind } from '../../../../contract/user-file.ts';
import { isObject } from '../../lib/json.ts';
import { parseJsonText } from '../../lib/files/read-json.ts';
import { checkOf } from './file-kinds.ts';
import { syntaxProblems } from './json-place.ts';
import { repairFields, repairMisspelt } from './repair-fields.ts';

const valueOf = (text: string): unknown => {
  const parsed = parseJsonText(text);
  return 'value' in parsed ? parsed.value : undefined;
};

/** Inserts missing quotes, commas, colons and brackets; undefined if their places are unclear. */
function repairSyntax(text: string): { text: string; repairs: FileRepair[] } | undefined {
  const problems = syntaxProblems(text);
  if (problems.length === 0) return { text, repairs: [] };
  try {
    const repaired = jsonrepair(text);
    if (!isObject(JSON.parse(repaired))) return undefined;
    const repairs = problems.map(({ line }) => ({ what: 'syntax' as const, line }));
    return { text: `${repaired.trimEnd()}\n`, repairs };
  } catch {
    return undefined;
  }
}

/**
 * A broken file's text with the most likely repairs; null if no repair is known, or if the result would still
 * be invalid.
 */
export function repairFile(
  kind: UserFileKind,
  file: string,
  text: string,
): { text: string; repairs: FileRepair[] } | null {
  if (!file.endsWith('.json') || text.trim() === '') return null;
  const { schema, problems } = checkOf(kind, file);
  const asJson = repairSyntax(text);
  if (!asJson) return null;
  const repairs = [...asJson.repairs];
  let now = asJson.text;
  if (schema) {
    const fields = repairFields(now, valueOf, schema);
    now = fields.text;
    repairs.push(...fields.repairs);
  }
  if (schema && kind === 'provider') {
    const misspelt = repairMisspelt(now, valueOf(now), schema);
    now = misspelt.text;
    repairs.push(...misspelt.repairs);
  }
  if (repairs.length === 0 || problems(valueOf(now)).length > 0) return null;
  return { text: now, repairs };
}
