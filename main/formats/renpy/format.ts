import type { Format, FormatOptions, ReadFile, WrittenFile } from '../define.ts';
import type { FoundText } from './found-text.ts';
import { scriptPlace } from './paths.ts';
import { readSource } from './read-source.ts';
import { readTranslation } from './read-translation.ts';
import { scanScript, unknownWarnings, type ScannedScript } from './scan.ts';
import { surveyGame } from './survey.ts';
import { translationFiles } from './translation-files.ts';
import { toByteSpans } from './utf8.ts';
import { writeScript } from './write-script.ts';

/** Ren'Py's scripts: a game's own, and the translations below `game/tl/<language>/`. */
export const renpy: Format = {
  name: 'renpy',
  label: "Ren'Py script",
  detect: (path) => (/\.rpym?$/u.test(path) ? 1 : 0),
  read,
  write,
  survey: (sources) => surveyGame(sources),
  translationFiles,
};

function read(bytes: Uint8Array, path: string, options: FormatOptions = {}): ReadFile {
  const script = scanScript(bytes, path, options);
  const { found, warnings } = textsOf(script, options);
  return {
    units: found.map(({ unit }) => unit),
    spans: toByteSpans(
      script,
      found.map(({ places }) => places[0]!.span),
    ),
    encoding: { name: 'utf8', byteOrderMark: script.byteOrderMark },
    warnings: [...unknownWarnings(script), ...warnings],
  };
}

function write(
  bytes: Uint8Array,
  path: string,
  targets: ReadonlyMap<string, string>,
  options: FormatOptions = {},
): WrittenFile {
  const script = scanScript(bytes, path, options);
  return writeScript(bytes, script, textsOf(script, options).found, targets);
}

/** A file below `tl` holds translations; elsewhere so does one that has nothing of its own to translate. */
function textsOf(script: ScannedScript, options: FormatOptions): { found: FoundText[]; warnings: string[] } {
  if (scriptPlace(script.path).kind === 'translation') return readTranslation(script, options);
  const own = readSource(script, options);
  const translated = readTranslation(script, options);
  if (translated.found.length === 0) return own;
  if (own.found.length === 0) return translated;
  const warning = `The file also holds ${translated.found.length} translations, which were left out.`;
  return { found: own.found, warnings: [...own.warnings, warning] };
}
