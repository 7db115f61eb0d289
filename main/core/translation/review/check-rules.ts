import type { ProjectFile } from '../../../../contract/translation.ts';
import type { CheckRules } from '../checks/check-translation.ts';
import { languageTag } from '../checks/language-script.ts';
import type { GlossaryEntry } from '../glossary/glossary-entry.ts';
import { sortedGlossary } from '../glossary/match-terms.ts';
import { syntaxesOf } from '../units/code-syntaxes.ts';

/** Formats that wrap long lines when they are written: RPG Maker's message windows. */
const wrapping = new Set(['rpgmaker']);

/** Returns the check rules for a unit, which depend on the format of its file. */
export function checkRulesFor(
  settings: ProjectFile,
  glossary: readonly GlossaryEntry[],
  files: readonly { path: string; format: string }[],
): (unit: { file: string }) => CheckRules {
  const shared = {
    sourceTag: languageTag(settings.source_language),
    targetTag: languageTag(settings.target_language),
    glossary: sortedGlossary(glossary),
  };
  const formats = new Map(files.map(({ path, format }) => [path, format]));
  const rules = new Map<string, CheckRules>();
  return ({ file }) => {
    const format = formats.get(file) ?? '';
    const known = rules.get(format);
    if (known) return known;
    const ofFormat = { ...shared, syntaxes: syntaxesOf(format), wraps: wrapping.has(format) };
    rules.set(format, ofFormat);
    return ofFormat;
  };
}
