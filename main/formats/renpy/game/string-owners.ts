import { MAX_PRIORITY, stringPriority, type ScriptPlace } from './paths.ts';

export interface OwnedString {
  path: string;
  place: ScriptPlace;
  line: number;
  text: string;
}

/** Each text once, with the file and line that Ren'Py names in its comment, in the order in which Ren'Py writes them. */
export function chooseStrings(
  sources: readonly {
    path: string;
    place: ScriptPlace;
    strings: readonly { line: number; text: string }[];
  }[],
): OwnedString[] {
  const all = sources.flatMap(({ path, place, strings }) => {
    const priority = stringPriority(place);
    if (priority > MAX_PRIORITY) return [];
    return strings.map(({ line, text }) => ({ path, place, line, text, priority }));
  });
  all.sort(
    (a, b) =>
      a.priority - b.priority ||
      (a.place.path < b.place.path ? -1 : a.place.path > b.place.path ? 1 : a.line - b.line),
  );
  const owned = new Set<string>();
  return all.filter(({ text }) => !owned.has(text) && owned.add(text));
}
