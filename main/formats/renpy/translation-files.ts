import { FormatError, type Format, type FormatOptions, type NewFile, type WriteProblem } from '../define.ts';
import { stringKey, type FoundText } from './found-text.ts';
import type { TranslationBlock } from './identifiers.ts';
import { languageChoiceFile } from './language-choice.ts';
import { compareLoadOrder, scriptPlace, translationName, type ScriptPlace } from './paths.ts';
import { readTranslation } from './read-translation.ts';
import { saidIn, sourceTexts, type SourceTexts } from './read-source.ts';
import { DEFAULT_GAME, scanScript, type ScannedScript } from './scan.ts';
import { chooseStrings } from './string-owners.ts';
import { surveyGame } from './survey.ts';
import { blockText, stringsText, type TranslatedString } from './translation-text.ts';
import { encodeScript, isEncodable } from './utf8.ts';
import { unencodable, writeScript } from './write-script.ts';

interface Source {
  script: ScannedScript;
  place: ScriptPlace;
  texts: SourceTexts;
}

/** A file below `tl/<language>/`: what is there, and what is added. */
interface Output {
  path: string;
  existing: { bytes: Uint8Array; script: ScannedScript; found: FoundText[] } | null;
  targets: Map<string, string>;
  blocks: string[];
  strings: TranslatedString[];
  /** Commands without a text are no reason for a file of their own. */
  hasText: boolean;
}

/**
 * The scripts below `tl/<language>/` that hold `targets`, as `renpy translate` lays them out, and the script with which
 * a player chooses the language.
 *
 * Translations that stand there already are written in place, whatever file they are in; others are added to the file
 * that Ren'Py would put them in. What has no target is left out, and the game shows the original.
 * @param sources the game's scripts, the language's own below `tl`, and the engine's below `renpy/common` where its
 *   texts are wanted
 * @param targets by path and key, of sources or of translations
 * @param options `targetLanguage` is required
 * @throws FormatError for a script that cannot be read, and without a language
 */
export const translationFiles: NonNullable<Format['translationFiles']> = (sources, targets, options) => {
  const language = options.targetLanguage ?? '';
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/u.test(language)) {
    throw new FormatError(
      `"${language}" is no name for a language of Ren'Py. Use letters, digits and underscores, as in simplified_chinese.`,
    );
  }
  const settings: FormatOptions = { ...options, ...surveyGame(sources, options) };
  const scripts = sources
    .filter(({ path }) => /\.rpym?$/u.test(path))
    .map(({ path, bytes }) => ({
      bytes,
      script: scanScript(bytes, path, settings),
      place: scriptPlace(path),
    }))
    .sort((a, b) => compareLoadOrder(a.place, b.place));
  const read: Source[] = scripts
    .filter(({ place }) => place.kind !== 'translation')
    .map(({ script, place }) => ({ script, place, texts: sourceTexts(script, settings) }));
  const root = read.find(({ place }) => place.kind === 'source')?.place.root ?? 'game/';
  const exporter = new Exporter(`${root}tl/${language}/`, language, targets, settings);
  for (const { bytes, script, place } of scripts) {
    if (place.kind !== 'translation' || place.language === language) exporter.addExisting(bytes, script);
  }
  for (const source of read) exporter.addBlocks(source);
  exporter.addStrings(read);
  const result = exporter.finish();
  if (result.files.length > 0 && language !== 'None') {
    const choice = languageChoiceFile(root, language, sources);
    if (choice !== null) result.files.push(choice);
  }
  return result;
};

class Exporter {
  private readonly outputs = new Map<string, Output>();
  /** Where a key is translated already. */
  private readonly translated = new Map<string, Output>();
  private readonly anywhere = new Map<string, string>();
  private readonly used = new Set<string>();
  private readonly problems: (WriteProblem & { path: string })[] = [];

  constructor(
    private readonly folder: string,
    private readonly language: string,
    private readonly targets: ReadonlyMap<string, ReadonlyMap<string, string>>,
    private readonly settings: FormatOptions,
  ) {
    for (const ofFile of targets.values()) {
      for (const [key, target] of ofFile) if (!this.anywhere.has(key)) this.anywhere.set(key, target);
    }
  }

  addExisting(bytes: Uint8Array, script: ScannedScript): void {
    const { found } = readTranslation(script, this.settings);
    if (found.length === 0) return;
    const output = this.output(script.path);
    output.existing = { bytes, script, found };
    for (const { unit } of found) {
      if (this.translated.has(unit.key)) continue;
      this.translated.set(unit.key, output);
      const target = this.targetOf(script.path, unit.key);
      if (target !== undefined) output.targets.set(unit.key, target);
    }
  }

  addBlocks({ script, place, texts }: Source): void {
    // The default language's dialogue is the source itself.
    if (this.language === 'None' || place.kind === 'common') return;
    for (const block of texts.blocks) {
      const target = this.targetOf(script.path, block.identifier);
      const known = [block.identifier, block.alternate].find(
        (name) => name !== null && this.translated.has(name),
      );
      if (known === undefined || known === null) {
        this.addBlock(place, script.path, block, target);
      } else {
        const output = this.translated.get(known)!;
        if (target !== undefined && !output.targets.has(known)) output.targets.set(known, target);
      }
    }
  }

  private addBlock(
    place: ScriptPlace,
    path: string,
    block: TranslationBlock,
    target: string | undefined,
  ): void {
    const said = saidIn(block);
    // Voice and nvl commands without a text are translated by repeating them, as Ren'Py does.
    if (said !== null && (target === undefined || this.refused(path, block.identifier, target))) return;
    const output = this.output(this.folder + translationName(place, this.language));
    const percent = (this.settings.renpy ?? DEFAULT_GAME).percentSubstitution;
    if (said !== null) output.hasText = true;
    output.blocks.push(blockText(place, this.language, block, said === null ? null : target!, percent));
  }

  addStrings(sources: readonly Source[]): void {
    for (const { path, place, line, text } of chooseStrings(sources)) {
      const key = stringKey(text);
      const target = this.targetOf(path, key);
      const known = this.translated.get(key);
      if (known !== undefined) {
        if (target !== undefined && !known.targets.has(key)) known.targets.set(key, target);
      } else if (target !== undefined && !this.refused(path, key, target)) {
        const output = this.output(this.folder + translationName(place, this.language));
        output.hasText = true;
        output.strings.push({ place, line, old: text, new: target });
      }
    }
  }

  finish(): { files: NewFile[]; problems: (WriteProblem & { path: string })[] } {
    const files: NewFile[] = [];
    for (const output of this.outputs.values()) {
      const bytes = this.write(output);
      if (bytes !== null) files.push({ path: output.path, bytes });
    }
    for (const [path, ofFile] of this.targets) {
      for (const key of ofFile.keys()) {
        if (this.used.has(key)) continue;
        this.problems.push({
          path,
          key,
          code: 'missing_unit',
          message: `No script of the game has "${key}".`,
        });
      }
    }
    return { files, problems: this.problems };
  }

  /** Null where nothing changes. */
  private write({ path, existing, targets, blocks, strings, hasText }: Output): Uint8Array | null {
    const added = hasText ? `\n${blocks.join('')}${stringsText(this.language, strings)}` : '';
    if (existing === null) return hasText ? encodeScript(added, true) : null;
    const { bytes, script, found } = existing;
    const newline = script.text.includes('\r\n') ? '\r\n' : '\n';
    const written = writeScript(bytes, script, found, targets, added.replaceAll('\n', newline));
    this.problems.push(...written.problems.map((problem) => ({ ...problem, path })));
    const same =
      bytes.length === written.bytes.length && bytes.every((byte, at) => byte === written.bytes[at]);
    return same ? null : written.bytes;
  }

  private targetOf(path: string, key: string): string | undefined {
    const target = this.targets.get(path)?.get(key) ?? this.anywhere.get(key);
    if (target === undefined) return undefined;
    this.used.add(key);
    return target === '' ? undefined : target;
  }

  private refused(path: string, key: string, target: string): boolean {
    if (isEncodable(target)) return false;
    this.problems.push({ path, ...unencodable(key) });
    return true;
  }

  private output(path: string): Output {
    let output = this.outputs.get(path);
    if (output === undefined) {
      output = { path, existing: null, targets: new Map(), blocks: [], strings: [], hasText: false };
      this.outputs.set(path, output);
    }
    return output;
  }
}
