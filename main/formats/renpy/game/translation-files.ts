import { FormatError, type Format, type FormatOptions, type TranslationPart } from '../../define.ts';
import { languageChoiceFile } from './language-choice.ts';
import { compareLoadOrder, scriptPlace, type ScriptPlace } from './paths.ts';
import { readTranslation } from '../texts/read-translation.ts';
import { sourceTexts } from '../texts/read-source.ts';
import { scanScript } from '../script/scan.ts';
import { surveyGame } from './survey.ts';
import { TranslationExport, type ExistingScript } from './translation-export.ts';

interface Script {
  source: { path: string; bytes: Uint8Array };
  path: string;
  place: ScriptPlace;
}

/**
 * The scripts below `tl/<language>/` that hold the targets, as `renpy translate` lays them out, and the script with which
 * a player chooses the language.
 *
 * Translations that stand there already are written in place, whatever file they are in; others are added to the file
 * that Ren'Py would put them in. What has no target is left out, and the game shows the original.
 * @param sources the game's scripts, the language's own below `tl`, and the engine's below `renpy/common` where its
 *   texts are wanted; a source that cannot be read becomes a problem with an empty key
 * @param targetsOf the targets of a source or of a translation, by key
 * @param options `targetLanguage` is required; what `survey` returned for the same sources saves reading them again
 * @throws FormatError without a language, and for a file of the language itself that cannot be read
 */
export const translationFiles: NonNullable<Format['translationFiles']> = async function* (
  sources,
  targetsOf,
  options,
) {
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
  const result = new TranslationExport(`${root}tl/${language}/`, language, settings);
  const existing = new Map<string, Script>();
  for (const script of scripts) {
    const { place, path } = script;
    if (place.kind !== 'translation' || place.language !== language) continue;
    result.noteExisting(path, readExisting(script, settings).found);
    existing.set(path, script);
  }

  let isWritten = false;
  const part = (files: TranslationPart['files']): TranslationPart => {
    isWritten ||= files.length > 0;
    return { files, problems: result.takeProblems() };
  };
  const readable: Script[] = [];
  for (const script of scripts.filter(({ place }) => place.kind !== 'translation')) {
    const { path, place, source } = script;
    try {
      const scanned = scanScript(source.bytes, path, settings);
      const texts = sourceTexts(scanned, settings);
      result.noteSource(
        { path, place, texts },
        readTranslation(scanned, { ...settings, targetLanguage: language }).found,
      );
      if (texts.strings.length > 0) result.noteStringTargets(await targetsOf(path));
      readable.push(script);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      const problem = { path, key: '', code: 'syntax' as const, message: error.message };
      yield { files: [], problems: [problem] };
    }
  }
  result.assignStrings(readable.map(({ path }) => path));

  const write = async (path: string) => {
    const there = existing.get(path);
    existing.delete(path);
    if (there === undefined) return result.write(path);
    return result.writeExisting(readExisting(there, settings), await targetsOf(path));
  };
  for (const { source, path, place } of readable) {
    // Read a second time: what the scripts of a whole game hold is too much to keep.
    const texts = sourceTexts(scanScript(source.bytes, path, settings), settings);
    for (const output of result.addSource({ path, place, texts }, await targetsOf(path))) {
      const file = await write(output);
      yield part(file === null ? [] : [file]);
    }
  }
  for (const path of existing.keys()) {
    const file = await write(path);
    yield part(file === null ? [] : [file]);
  }
  const choice = isWritten && language !== 'None' ? languageChoiceFile(root, language, sources) : null;
  yield part(choice === null ? [] : [choice]);
};

/** Without what the file holds, its translations would be written a second time, which the engine refuses. */
function readExisting({ source, path }: Script, settings: FormatOptions): ExistingScript {
  try {
    const { bytes } = source;
    const script = scanScript(bytes, path, settings);
    return { bytes, script, found: readTranslation(script, settings).found };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new FormatError(`${path}: ${error.message}`, error.line, { cause: error });
  }
}
