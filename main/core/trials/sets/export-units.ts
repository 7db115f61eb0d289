import { mentionsTerm } from '../scores/check-expectations.ts';
import type { TrialSet, TranslationSetHeader, TrialUnit } from './trial-set.ts';

/** The properties of a translation project's unit that a set needs. */
export interface ReviewedUnit {
  /** Stable within its file. */
  key: string;
  file?: string;
  scene?: string;
  speaker?: string;
  source: string;
  target: string | null;
  state: string;
}

/** A person has reviewed these translations; a model's draft is not a reference. */
const reviewedStates = ['reviewed', 'locked'];

export interface ExportedUnits {
  set: TrialSet;
  /** Units that are not in the set, and why. */
  left: { key: string; file?: string; reason: 'not_reviewed' | 'no_translation' | 'repeated' }[];
}

/**
 * Converts a project's reviewed units to a set with their translations as references. A text that occurs
 * several times with one speaker becomes one unit with all its translations.
 * @param glossary of the project; each unit gets the terms that occur in it
 */
export function exportUnits(
  units: readonly ReviewedUnit[],
  header: TranslationSetHeader,
  glossary: Readonly<Record<string, string>> = {},
): ExportedUnits {
  const left: ExportedUnits['left'] = [];
  const unitsByText = new Map<string, TrialUnit>();
  for (const { key, file, scene, speaker, source, target, state } of units) {
    const leave = (reason: ExportedUnits['left'][number]['reason']) =>
      left.push({ key, ...(file ? { file } : {}), reason });
    if (!reviewedStates.includes(state)) leave('not_reviewed');
    else if (!target?.trim()) leave('no_translation');
    else {
      const same = JSON.stringify([source, speaker ?? null]);
      const before = unitsByText.get(same);
      if (before) {
        before.references = [...new Set([...(before.references ?? []), target])];
        leave('repeated');
        continue;
      }
      const id = [file, key]
        .filter(Boolean)
        .join(':')
        .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
      const unit: TrialUnit = {
        id: id.slice(-190),
        ...(scene ? { scene } : {}),
        variables: {
          source_text: source,
          target_language: header.target_language ?? 'English',
          ...(header.source_language ? { source_language: header.source_language } : {}),
          ...(speaker ? { speaker } : {}),
          glossary,
        },
        references: [target],
      };
      const terms = matchedTerms(unit);
      if (terms.length) unit.variables['glossary'] = Object.fromEntries(terms);
      else delete unit.variables['glossary'];
      unitsByText.set(same, unit);
    }
  }
  const ids = new Set<string>();
  for (const unit of unitsByText.values()) {
    for (let base = unit.id, n = 2; ids.has(unit.id); n++) unit.id = `${base}-${n}`;
    ids.add(unit.id);
  }
  return { set: { header, units: [...unitsByText.values()] }, left };
}

/**
 * The glossary terms in a unit's source with their translations, in the glossary's order. A term that occurs
 * only inside a longer one (鯨 in 鯨鐘) does not count.
 */
export function matchedTerms({ variables }: TrialUnit): [term: string, word: string][] {
  const { source_text: source, glossary } = variables;
  if (typeof source !== 'string' || typeof glossary !== 'object' || glossary === null) return [];
  const terms = Object.entries(glossary).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0] !== '',
  );
  let rest = source;
  const found = new Set<string>();
  for (const [term] of [...terms].sort(([a], [b]) => b.length - a.length)) {
    if (!mentionsTerm(rest, term)) continue;
    found.add(term);
    // A character that is in no term separates the text around the removed term.
    rest = rest.toLowerCase().replaceAll(term.toLowerCase(), '\u0000');
  }
  return terms.filter(([term]) => found.has(term));
}
