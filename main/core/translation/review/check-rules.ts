import type { ProjectFile } from '../../../../contract/translation.ts';
import type { CheckRules } from '../checks/check-translation.ts';
import { languageTag } from '../checks/language-script.ts';
import type { GlossaryEntry } from '../glossary/glossary-entry.ts';
import { sortedGlossary } from '../glossary/match-terms.ts';
import { syntaxesOf } from '../units/code-syntaxes.ts';

/** RPG Maker's message windows: lines are broken anew when they are written. */
const wrapping = new Set(['rpgmaker']);

/** What the texts of a project are checked against, by the file that they are in. */
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
    const made = { ...shared, syntaxes: syntaxesOf(format), wraps: wrapping.has(format) };
    rules.set(format, made);
    return made;
  };
}
