import { FormatError, type Format, type FormatOptions, type WriteProblem } from '../../define.ts';
import { languageChoiceFile } from './language-choice.ts';
import { compareLoadOrder, scriptPlace } from './paths.ts';
import { readTranslation } from '../texts/read-translation.ts';
import { sourceTexts } from '../texts/read-source.ts';
import { scanScript, type ScannedScript } from '../script/scan.ts';
import { surveyGame } from './survey.ts';
import { TranslationExport, type SourceOfTexts } from './translation-export.ts';

/**
 * The scripts below `tl/<language>/` that hold `targets`, as `renpy translate` lays them out, and the script with which
 * a player chooses the language.
 *
 * Translations that stand there already are written in place, whatever file they are in; others are added to the file
 * that Ren'Py would put them in. What has no target is left out, and the game shows the original.
 * @param sources the game's scripts, the language's own below `tl`, and the engine's below `renpy/common` where its
 *   texts are wanted; a source that cannot be read becomes a problem with an empty key
 * @param targets by path and key, of sources or of translations
 * @param options `targetLanguage` is required; what `survey` returned for the same sources saves reading them again
 * @throws FormatError without a language, and for a file of the language itself that cannot be read
 */
export const translationFiles: NonNullable<Format['translationFiles']> = (sources, targets, options) => {
  const language = options.targetLanguage ?? '';
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/u.test(language)) {
    throw new FormatError(
      `"${language}" is no name for a language of Ren'Py. Use letters, digits and underscores, as in simplified_chinese.`,
    );
  }
  const settings = options.renpy === undefined ? { ...options, ...surveyGame(sources, options) } : options;
  const scripts = sources
    .filter(({ path }) => /\.rpym?$/u.test(path))
    .map((source) => ({ source, path: source.path, place: scriptPlace(source.path) }))
    .sort((a, b) => compareLoadOrder(a.place, b.place));
  const root = scripts.find(({ place }) => place.kind === 'source')?.place.root ?? 'game/';
  const result = new TranslationExport(`${root}tl/${language}/`, language, targets, settings);
  const unread: (WriteProblem & { path: string })[] = [];
  const read: SourceOfTexts[] = [];
  for (const { source, path, place } of scripts) {
    // Read here and not before: the bytes of a whole game are too many to hold.
    const { bytes } = source;
    if (place.kind === 'translation') {
      if (place.language === language) result.addExisting(bytes, scanExisting(bytes, path, settings));
      continue;
    }
    try {
      const script = scanScript(bytes, path, settings);
      read.push({ path, place, texts: sourceTexts(script, settings) });
      result.addElsewhere(path, readTranslation(script, { ...settings, targetLanguage: language }).found);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      unread.push({ path, key: '', code: 'syntax', message: error.message });
    }
  }
  for (const source of read) result.addBlocks(source);
  result.addStrings(read);
  const { files, problems } = result.finish();
  if (files.length > 0 && language !== 'None') {
    const choice = languageChoiceFile(root, language, sources);
    if (choice !== null) files.push(choice);
  }
  return { files, problems: [...unread, ...problems] };
};

/** Without what the file holds, its translations would be written a second time, which the engine refuses. */
function scanExisting(bytes: Uint8Array, path: string, settings: FormatOptions): ScannedScript {
  try {
    return scanScript(bytes, path, settings);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new FormatError(`${path}: ${error.message}`, error.line, { cause: error });
  }
}
