import { readJsonLines, type JsonLine, type LineProblem } from './json-lines.ts';
import { readTrialSet, type ReadTrialSet, type VariableRules } from './read-trial-set.ts';
import type { TranslationSetHeader, TrialUnit } from './trial-set.ts';

/** Names that tools use for the same field; the first one present counts. */
const names = {
  source: ['source', 'source_text', 'original', 'src', 'text', 'message'],
  target: ['target', 'reference', 'translation', 'translated', 'dst', 'ref'],
  id: ['id', 'key'],
  speaker: ['speaker', 'name', 'character'],
  scene: ['scene', 'label'],
} as const;

function field({ value }: JsonLine, of: keyof typeof names): { name: string; value: unknown } | undefined {
  const name = names[of].find((one) => Object.hasOwn(value, one) && value[one] !== null && value[one] !== '');
  return name === undefined ? undefined : { name, value: value[name] };
}

/** A text on one line, as ids require. */
const oneLine = (text: string) =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 200);

function textOf(
  line: JsonLine,
  of: keyof typeof names,
): { text?: string; problem?: Omit<LineProblem, 'line'> } {
  const found = field(line, of);
  if (!found) return {};
  if (typeof found.value === 'string') return { text: found.value };
  if (of === 'id' && typeof found.value === 'number') return { text: String(found.value) };
  return { problem: { path: found.name, message: 'has to be a text' } };
}

function unitOf(
  line: JsonLine,
  header: TranslationSetHeader,
): { unit?: TrialUnit; problems: Omit<LineProblem, 'line'>[] } {
  const { source, target, id, speaker, scene } = Object.fromEntries(
    (Object.keys(names) as (keyof typeof names)[]).map((name) => [name, textOf(line, name)]),
  ) as Record<keyof typeof names, ReturnType<typeof textOf>>;
  const problems = [source, target, id, speaker, scene].flatMap(({ problem }) => problem ?? []);
  const glossary = line.value['glossary'];
  const words = typeof glossary === 'object' && glossary !== null ? Object.values(glossary) : [];
  if (
    glossary !== undefined &&
    (typeof glossary !== 'object' ||
      Array.isArray(glossary) ||
      !words.every((word) => typeof word === 'string'))
  )
    problems.push({ path: 'glossary', message: 'has to be { "term": "translation" }' });
  if (source.text === undefined && !source.problem)
    problems.push({ path: '', message: `has no text to translate (one of ${names.source.join(', ')})` });
  if (problems.length || source.text === undefined) return { problems };
  const unit: TrialUnit = {
    id: oneLine(id.text ?? '') || `line-${line.line}`,
    ...(scene.text && oneLine(scene.text) ? { scene: oneLine(scene.text) } : {}),
    variables: {
      source_text: source.text,
      target_language: header.target_language ?? 'English',
      ...(header.source_language ? { source_language: header.source_language } : {}),
      ...(speaker.text ? { speaker: speaker.text } : {}),
      ...(words.length ? { glossary } : {}),
    },
    ...(target.text?.trim() ? { references: [target.text] } : {}),
  };
  return { unit, problems };
}

/**
 * Imports a user's JSON lines as a set of `translate`. A file with our header is read as it is. In any other
 * file each line has a text (`source`, `original`, `text`…) and may have a translation (`target`,
 * `reference`…), an id or key, a speaker, a scene and a glossary; other fields are ignored. A repeated line
 * counts once; lines with problems are reported and skipped.
 * @param header of the new set; `target_language` defaults to English
 * @param rules see `readTrialSet`; used for files with our header
 */
export function importUnits(
  text: string,
  header: TranslationSetHeader,
  rules?: (module: string) => VariableRules | undefined,
): ReadTrialSet & { repeated: number } {
  const { lines, problems } = readJsonLines(text);
  if (lines[0] && 'format' in lines[0].value) return { ...readTrialSet(text, rules), repeated: 0 };
  const units = new Map<string, TrialUnit>();
  const ids = new Set<string>();
  let repeated = 0;
  for (const line of lines) {
    const { unit, problems: found } = unitOf(line, header);
    problems.push(...found.map((problem) => ({ line: line.line, ...problem })));
    if (!unit) continue;
    const key = JSON.stringify(unit.variables);
    const before = units.get(key);
    if (before) {
      repeated++;
      // Another translation of the same text is an additional reference.
      const references = new Set([...(before.references ?? []), ...(unit.references ?? [])]);
      if (references.size) before.references = [...references];
      continue;
    }
    for (let base = unit.id, n = 2; ids.has(unit.id); n++) unit.id = `${base.slice(0, 190)}-${n}`;
    ids.add(unit.id);
    units.set(key, unit);
  }
  if (!units.size && !problems.length) problems.push({ line: 1, path: '', message: 'the file has no lines' });
  return {
    set: { header, units: [...units.values()] },
    problems: problems.sort((a, b) => a.line - b.line),
    repeated,
  };
}
