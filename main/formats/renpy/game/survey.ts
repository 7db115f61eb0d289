import { FormatError, type FormatOptions, type RenpyGame } from '../../define.ts';
import { versionFacts } from './engine-version.ts';
import { Lexer, ParseFailure } from '../script/lexer.ts';
import { logicalLines, type LogicalLine } from '../script/logical-lines.ts';
import { compareLoadOrder, locateScript } from './paths.ts';
import { sourceTexts } from '../texts/read-source.ts';
import { DEFAULT_GAME, scanScript, type ScannedScript } from '../script/scan.ts';
import { charactersOf, resolveNames } from '../texts/speakers.ts';
import { decodeScript } from '../script/utf8.ts';

/** Collects what affects the reading of other files: characters, registered statements, and settings of the engine. */
export function surveyGame(
  sources: readonly { path: string; bytes: Uint8Array }[],
  options: FormatOptions = {},
): { speakers: Record<string, string>; renpy: RenpyGame } {
  const characters: ReturnType<typeof charactersOf> = new Map();
  const game: RenpyGame = { ...DEFAULT_GAME, ...versionFacts(sources) };
  const statements: Record<string, { script: boolean; translatable: boolean }> = {};
  for (const { path, bytes } of sources) {
    try {
      if (/\.rpym?$/u.test(path) && locateScript(path).kind !== 'translation') {
        const { lines } = logicalLines(decodeScript(bytes).text, path, game.privateNamesInText);
        for (const [name, value] of charactersOf(lines)) characters.set(name, value);
        if (locateScript(path).kind === 'source') readSettings(lines, game, statements);
      }
    } catch (error) {
      // The error is reported when the file itself is read.
      if (!(error instanceof FormatError)) throw error;
    }
  }
  game.statements = statements;
  game.taken = takenIdentifiers(sources, game);
  return {
    speakers: { ...resolveNames(characters), ...options.speakers },
    renpy: options.renpy ?? game,
  };
}

/** The label in an identifier, or the whole identifier if an `id` clause sets it. Equal identifiers have equal labels. */
const labelOf = (identifier: string) => identifier.replace(/(?:^|_)[0-9a-f]{8}(?:_\d+)?$/u, '');

/**
 * By path: identifiers that earlier files use. Lines in several files get the same identifier if they are before any label,
 * or if their labels differ only by a dot.
 */
function takenIdentifiers(
  sources: readonly { path: string; bytes: Uint8Array }[],
  game: RenpyGame,
): Record<string, string[]> {
  const scripts = sources
    .filter(({ path }) => path.endsWith('.rpy') && locateScript(path).kind === 'source')
    .sort((a, b) => compareLoadOrder(locateScript(a.path), locateScript(b.path)));
  // The identifiers of a whole game need too much memory, so only files that share a label are compared.
  const files = new Map<string, number>();
  const labels = new Map<string, string[]>();
  for (const source of scripts) {
    const names = labelsOf(source, game);
    labels.set(source.path, names);
    for (const name of names) files.set(name, (files.get(name) ?? 0) + 1);
  }
  const all = new Set<string>();
  const taken: Record<string, string[]> = {};
  for (const source of scripts) {
    const { path } = source;
    if (!labels.get(path)?.some((name) => files.get(name)! > 1)) continue;
    const identified = identifiersOf(source, game);
    if (identified === null) continue;
    const { script, own } = identified;
    const shared = [...own].filter((identifier) => all.has(identifier));
    if (shared.length === 0) {
      for (const identifier of own) all.add(identifier);
    } else {
      taken[path] = [...all].filter((identifier) => shared.some((name) => identifier.startsWith(name)));
      sourceTexts(script, { renpy: game }, all);
    }
  }
  return taken;
}

/** The labels in a script's identifiers. Returns only these, so the parsed script does not stay in memory. */
function labelsOf(source: { path: string; bytes: Uint8Array }, game: RenpyGame): string[] {
  const identified = identifiersOf(source, game);
  return identified === null ? [] : [...new Set([...identified.own].map(labelOf))];
}

/** A script, and the identifiers that it would have without other files; null if it cannot be read. */
function identifiersOf(
  { path, bytes }: { path: string; bytes: Uint8Array },
  game: RenpyGame,
): { script: ScannedScript; own: Set<string> } | null {
  try {
    const own = new Set<string>();
    const script = scanScript(bytes, path, { renpy: game });
    sourceTexts(script, { renpy: game }, own);
    return { script, own };
  } catch (error) {
    // The error is reported when the file itself is read.
    if (!(error instanceof FormatError)) throw error;
    return null;
  }
}

function readSettings(
  lines: readonly LogicalLine[],
  game: RenpyGame,
  statements: Record<string, { script: boolean; translatable: boolean }>,
): void {
  for (const { text } of lines) {
    const setting =
      /^\s*(?:define\s+(?:-?\d+\s+)?|\$\s*)?(?:renpy\.)?config\.(tlid_only_considers_say|old_substitutions)\s*=\s*(True|False)\b/u.exec(
        text,
      );
    if (setting !== null) {
      if (setting[1] === 'old_substitutions') game.percentSubstitution = setting[2] === 'True';
      // Only versions that always ignore other statements have this setting.
      else game.sayOnlyIdentifiers = true;
    }
    for (const match of text.matchAll(/renpy\.(?:register_statement|statements\.register)\s*(?=\()/gu)) {
      const call = callText(text, match.index + match[0].length);
      const name = /^\(\s*(?:name\s*=\s*)?[uU]?(["'])([^"']+)\1/u.exec(call)?.[2];
      if (name === undefined) continue;
      statements[name.trim().split(/\s+/u).join(' ')] = {
        script: /\bblock\s*=\s*["']script["']/u.test(call),
        translatable: /\btranslatable\s*=\s*True\b/u.test(call),
      };
    }
  }
}

/** The text of the brackets that open at `from`, including the brackets. */
function callText(text: string, from: number): string {
  const line = { number: 0, text, block: [], indent: 0, origin: { number: 0, text, pieces: [0, 0] } };
  const lexer = new Lexer([line], { asciiFolding: false, monologue: 'double', globalLabel: null });
  lexer.advance();
  lexer.position = from;
  try {
    lexer.brackets();
  } catch (error) {
    if (!(error instanceof ParseFailure)) throw error;
  }
  return text.slice(from, lexer.position);
}
