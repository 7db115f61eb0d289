import { fileWarning, type FileWarning } from '../file-warning.ts';
import type { Format, FormatOptions, ReadFile, WrittenFile } from '../define.ts';
import type { ScriptText } from './texts/script-text.ts';
import { locateScript } from './game/paths.ts';
import { readSource } from './texts/read-source.ts';
import { readTranslation } from './texts/read-translation.ts';
import { scanScript, unknownWarnings, type ScannedScript } from './script/scan.ts';
import { surveyGame } from './game/survey.ts';
import { translationFiles } from './game/translation-files.ts';
import { toByteSpans } from './script/utf8.ts';
import { writeScript } from './texts/write-script.ts';

/** Ren'Py scripts: those of the game, and translations below `game/tl/<language>/`. */
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
  const { texts, warnings } = textsOf(script, options);
  return {
    units: texts.map(({ unit }) => unit),
    spans: toByteSpans(
      script,
      texts.map(({ occurrences }) => occurrences[0]!.span),
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
  return writeScript(bytes, script, textsOf(script, options).texts, targets);
}

/** Reads translations from files below `tl` and from files with nothing else. All other files are sources. */
function textsOf(
  script: ScannedScript,
  options: FormatOptions,
): { texts: ScriptText[]; warnings: FileWarning[] } {
  if (locateScript(script.path).kind === 'translation') return readTranslation(script, options);
  const own = readSource(script, options);
  const translated = readTranslation(script, options);
  if (translated.texts.length === 0) return own;
  if (own.texts.length === 0) return translated;
  const { length } = translated.texts;
  const warning = fileWarning(
    'translations_skipped',
    { translations: length },
    `The file also has ${length} translations, which were skipped.`,
  );
  return { texts: own.texts, warnings: [...own.warnings, warning] };
}
