import { fileFault } from '../../file-fault.ts';
import { FormatError, type Format, type FormatOptions, type TranslationPart } from '../../define.ts';
import { languageChoiceFile } from './language-choice.ts';
import { compareLoadOrder, locateScript, type ScriptLocation } from './paths.ts';
import { readTranslation } from '../texts/read-translation.ts';
import { sourceTexts } from '../texts/read-source.ts';
import { scanScript } from '../script/scan.ts';
import { surveyGame } from './survey.ts';
import { TranslationExport, type ExistingScript } from './translation-export.ts';

interface Script {
  source: { path: string; bytes: Uint8Array };
  path: string;
  location: ScriptLocation;
}

/**
 * The translations below `tl/<language>/`, in the layout of `renpy translate`, and a script that lets the player choose the
 * language.
 *
 * Existing translations are changed in place, in whichever file they are. New ones go into the file that Ren'Py would
 * choose. Texts without a translation are skipped, and the game shows the original.
 * @param sources the game's scripts, the scripts of the language below `tl`, and the engine's scripts below `renpy/common`
 *   if its texts are translated too; a source that cannot be read gives a problem with an empty key
 * @param targetsOf the translations of a source, or of a file of the language, by key
 * @param options `targetLanguage` is required; the result of `survey` for the same sources avoids reading them again
 * @throws FormatError for an invalid language name, or if a file of the language cannot be read
 */
export const translationFiles: NonNullable<Format['translationFiles']> = async function* (
  sources,
  targetsOf,
  options,
) {
  const language = options.targetLanguage ?? '';
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/u.test(language)) {
    const message = `"${language}" is not a valid language name for Ren'Py. Use letters, digits and underscores, as in simplified_chinese.`;
    throw new FormatError(fileFault('renpy_language', { language }, message));
  }
  const settings = options.renpy === undefined ? { ...options, ...surveyGame(sources, options) } : options;
  const scripts = sources
    .filter(({ path }) => /\.rpym?$/u.test(path))
    .map((source) => ({ source, path: source.path, location: locateScript(source.path) }))
    .sort((a, b) => compareLoadOrder(a.location, b.location));
  const root = scripts.find(({ location }) => location.kind === 'source')?.location.root ?? 'game/';
  const result = new TranslationExport(`${root}tl/${language}/`, language, settings);
  const existing = new Map<string, Script>();
  for (const script of scripts) {
    const { location, path } = script;
    if (location.kind !== 'translation' || location.language !== language) continue;
    result.registerExisting(path, readExisting(script, settings).translations);
    existing.set(path, script);
  }

  let isWritten = false;
  const part = (files: TranslationPart['files']): TranslationPart => {
    isWritten ||= files.length > 0;
    return { files, problems: result.takeProblems() };
  };
  const readable: Script[] = [];
  for (const script of scripts.filter(({ location }) => location.kind !== 'translation')) {
    const { path, location, source } = script;
    try {
      const scanned = scanScript(source.bytes, path, settings);
      const texts = sourceTexts(scanned, settings);
      result.registerSource(
        { path, location, texts },
        readTranslation(scanned, { ...settings, targetLanguage: language }).texts,
      );
      if (texts.strings.length > 0) result.registerStringTargets(await targetsOf(path));
      readable.push(script);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      const problem = { path, key: '', code: 'syntax' as const, message: error.message };
      yield { files: [], problems: [problem] };
    }
  }
  result.assignStrings();

  const write = async (path: string) => {
    const script = existing.get(path);
    existing.delete(path);
    if (script === undefined) return result.write(path);
    return result.writeExisting(readExisting(script, settings), await targetsOf(path));
  };
  for (const { source, path, location } of readable) {
    // Each script is read a second time, because the texts of a whole game need too much memory.
    const texts = sourceTexts(scanScript(source.bytes, path, settings), settings);
    for (const output of result.addSource({ path, location, texts }, await targetsOf(path))) {
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

/** Throws if the file cannot be read: its translations would then be written twice, which the engine rejects. */
function readExisting({ source, path }: Script, settings: FormatOptions): ExistingScript {
  try {
    const { bytes } = source;
    const script = scanScript(bytes, path, settings);
    return { bytes, script, translations: readTranslation(script, settings).texts };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new FormatError({ ...error.fault, message: `${path}: ${error.message}` }, { cause: error });
  }
}
