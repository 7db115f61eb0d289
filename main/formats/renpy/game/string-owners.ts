import { MAX_PRIORITY, stringPriority, type ScriptLocation } from './paths.ts';

export interface OwnedString {
  path: string;
  location: ScriptLocation;
  line: number;
  text: string;
}

/** Each text once, with the file and line that Ren'Py names in its comment, in the order in which Ren'Py writes them. */
export function chooseStrings(
  sources: readonly {
    path: string;
    location: ScriptLocation;
    strings: readonly { line: number; text: string }[];
  }[],
): OwnedString[] {
  const all = sources.flatMap(({ path, location, strings }) => {
    const priority = stringPriority(location);
    if (priority > MAX_PRIORITY) return [];
    return strings.map(({ line, text }) => ({ path, location, line, text, priority }));
  });
  all.sort(
    (a, b) =>
      a.priority - b.priority ||
      (a.location.path < b.location.path ? -1 : a.location.path > b.location.path ? 1 : a.line - b.line),
  );
  const owned = new Set<string>();
  return all.filter(({ text }) => !owned.has(text) && owned.add(text));
}
