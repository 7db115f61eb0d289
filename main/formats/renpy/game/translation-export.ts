import type { FormatOptions, NewFile, WriteProblem } from '../../define.ts';
import { stringKey, type ScriptText } from '../texts/script-text.ts';
import type { TranslationBlock } from '../texts/identifiers.ts';
import { translationName, type ScriptLocation } from './paths.ts';
import { speechIn, type SourceTexts } from '../texts/read-source.ts';
import { DEFAULT_GAME, type ScannedScript } from '../script/scan.ts';
import { chooseStrings, type OwnedString } from './string-owners.ts';
import { blockText, stringsText, type TranslatedString } from './translation-text.ts';
import { encodeScript, isEncodable } from '../script/utf8.ts';
import { unencodable, writeScript } from '../texts/write-script.ts';

export type Targets = ReadonlyMap<string, string>;

export interface SourceOfTexts {
  path: string;
  location: ScriptLocation;
  texts: SourceTexts;
}

/** A script below `tl/<language>/`. */
export interface ExistingScript {
  bytes: Uint8Array;
  script: ScannedScript;
  translations: readonly ScriptText[];
}

/** A script of the game. */
interface Source {
  path: string;
  location: ScriptLocation;
  /** Its position among the scripts. */
  position: number;
  strings: readonly { line: number; text: string }[];
  /** The texts that are translated in this script's file. `rank` is the position among all strings of the game. */
  ownStrings: (OwnedString & { rank: number })[];
  /** The output files that are complete after it. */
  completes: string[];
}

/** What is added to a file below `tl/<language>/`. */
interface Output {
  targets: Map<string, string>;
  blocks: string[];
  strings: { rank: number; string: TranslatedString }[];
  /** False if all blocks are commands without a text: these alone are not written. */
  hasText: boolean;
  /** The last source that adds to it. */
  lastSource: Source | undefined;
}

/**
 * Collects the translations of a game into files. First register every script, so the export knows the keys that are
 * already translated and the texts that occur in several scripts. Then add the translations of each source. A file can be
 * written as soon as its last source is added, so a whole game is never in memory.
 */
export class TranslationExport {
  private readonly sources = new Map<string, Source>();
  private readonly outputs = new Map<string, Output>();
  /** The file that already translates a key. */
  private readonly translated = new Map<string, string>();
  /** The script outside of the language's folder that translates a key. */
  private readonly translatedInSources = new Map<string, string>();
  private readonly stringTargets = new Map<string, string>();
  private readonly stringKeys = new Set<string>();
  private problems: (WriteProblem & { path: string })[] = [];

  constructor(
    private readonly folder: string,
    private readonly language: string,
    private readonly settings: FormatOptions,
  ) {}

  /** Registers a script of the language's folder. */
  registerExisting(path: string, translations: readonly ScriptText[]): void {
    for (const { unit } of translations)
      if (!this.translated.has(unit.key)) this.translated.set(unit.key, path);
  }

  /**
   * Registers a script of the game. Call it after all `registerExisting` calls.
   * @param translations the script's own translations; the export does not change them
   */
  registerSource({ path, location, texts }: SourceOfTexts, translations: readonly ScriptText[]): void {
    for (const { unit } of translations)
      if (!this.translated.has(unit.key)) this.translatedInSources.set(unit.key, path);
    const strings = texts.strings.map(({ line, text }) => ({ line, text }));
    const position = this.sources.size;
    const source: Source = { path, location, position, strings, ownStrings: [], completes: [] };
    this.sources.set(path, source);
    this.output(this.outputOf(location)).lastSource = source;
    for (const block of texts.blocks) {
      const known = this.translatedKey(block);
      if (known !== undefined) this.output(this.translated.get(known)!).lastSource = source;
    }
  }

  /** Registers translations of texts that may occur in several scripts. The first translation of a text is used. */
  registerStringTargets(targets: Targets): void {
    for (const [key, target] of targets)
      if (key.startsWith(stringKey('')) && !this.stringTargets.has(key)) this.stringTargets.set(key, target);
  }

  /** Decides which script each shared text belongs to. Call it once, after all scripts are registered. */
  assignStrings(): void {
    for (const [rank, owned] of chooseStrings([...this.sources.values()]).entries()) {
      const key = stringKey(owned.text);
      this.stringKeys.add(key);
      const source = this.sources.get(owned.path)!;
      source.ownStrings.push({ ...owned, rank });
      const existing = this.translated.get(key);
      if (existing === undefined) continue;
      const output = this.output(existing);
      if (!output.lastSource || output.lastSource.position < source.position) output.lastSource = source;
    }
    for (const source of this.sources.values()) source.strings = [];
    for (const [path, { lastSource }] of this.outputs) lastSource?.completes.push(path);
  }

  /**
   * Adds the translations of a source.
   * @returns the output files that are now complete
   */
  addSource(source: SourceOfTexts, targets: Targets): string[] {
    const { path } = source;
    const { ownStrings, completes } = this.sources.get(path)!;
    this.sources.delete(path);
    const used = this.addBlocks(source, targets);
    this.addStrings(path, ownStrings, targets);
    for (const key of targets.keys()) {
      if (!used.has(key) && !this.stringKeys.has(key) && !this.translated.has(key))
        this.reportMissing(path, key);
    }
    return completes;
  }

  private addBlocks({ path, location, texts }: SourceOfTexts, targets: Targets): Set<string> {
    const used = new Set<string>();
    // The default language has no translated dialogue: the source is its text.
    if (this.language === 'None' || location.kind === 'common') return used;
    for (const block of texts.blocks) {
      used.add(block.identifier);
      const target = targets.get(block.identifier) || undefined;
      const known = this.translatedKey(block);
      if (known === undefined) this.addBlock(location, path, block, target);
      else if (target !== undefined) this.addTarget(this.translated.get(known)!, known, target);
    }
    return used;
  }

  private addBlock(
    location: ScriptLocation,
    path: string,
    block: TranslationBlock,
    target: string | undefined,
  ): void {
    const say = speechIn(block);
    // Ren'Py translates voice and nvl commands without a text by repeating them.
    if (say !== null && (target === undefined || this.reportRefused(path, block.identifier, target))) return;
    if (say === null && this.translatedInSources.has(block.identifier)) return;
    const output = this.output(this.outputOf(location));
    const percent = (this.settings.renpy ?? DEFAULT_GAME).percentSubstitution;
    if (say !== null) output.hasText = true;
    output.blocks.push(blockText(location, this.language, block, say === null ? null : target!, percent));
  }

  private addStrings(path: string, strings: Source['ownStrings'], targets: Targets): void {
    for (const { location, line, text, rank } of strings) {
      const key = stringKey(text);
      const target = (targets.get(key) ?? this.stringTargets.get(key)) || undefined;
      if (target === undefined) continue;
      const known = this.translated.get(key);
      if (known !== undefined) {
        this.addTarget(known, key, target);
      } else if (!this.reportRefused(path, key, target)) {
        const output = this.output(this.outputOf(location));
        output.hasText = true;
        output.strings.push({ rank, string: { location, line, old: text, new: target } });
      }
    }
  }

  /** A new file; null if no text was added to it. */
  write(path: string): NewFile | null {
    const added = this.take(path);
    return added === null ? null : { path, bytes: encodeScript(added.text, true) };
  }

  /**
   * An existing file with the added translations; null if nothing changes.
   * @param targets translations for this file itself; they take precedence over those of the game's scripts
   */
  writeExisting({ bytes, script, translations }: ExistingScript, targets: Targets): NewFile | null {
    const { path } = script;
    const added = this.outputs.get(path)?.targets ?? new Map<string, string>();
    const { text } = this.take(path) ?? { text: '' };
    const all = new Map<string, string>();
    for (const { unit } of translations) {
      if (this.translated.get(unit.key) !== path) continue;
      const target = targets.get(unit.key) ?? added.get(unit.key) ?? this.stringTargets.get(unit.key);
      if (target !== undefined && target !== '') all.set(unit.key, target);
    }
    for (const key of targets.keys())
      if (!this.translated.has(key) && !this.stringKeys.has(key)) this.reportMissing(path, key);
    const newline = script.text.includes('\r\n') ? '\r\n' : '\n';
    const written = writeScript(bytes, script, translations, all, text.replaceAll('\n', newline));
    this.problems.push(...written.problems.map((problem) => ({ ...problem, path })));
    const same =
      bytes.length === written.bytes.length && bytes.every((byte, at) => byte === written.bytes[at]);
    return same ? null : { path, bytes: written.bytes };
  }

  /** Returns the problems since the last call. */
  takeProblems(): (WriteProblem & { path: string })[] {
    const { problems } = this;
    this.problems = [];
    return problems;
  }

  private take(path: string): { text: string } | null {
    const output = this.outputs.get(path);
    this.outputs.delete(path);
    if (!output?.hasText) return null;
    const strings = output.strings.sort((a, b) => a.rank - b.rank).map(({ string }) => string);
    return { text: `\n${output.blocks.join('')}${stringsText(this.language, strings)}` };
  }

  private translatedKey({ identifier, alternate }: TranslationBlock): string | undefined {
    if (this.translated.has(identifier)) return identifier;
    return alternate !== null && this.translated.has(alternate) ? alternate : undefined;
  }

  private addTarget(path: string, key: string, target: string): void {
    const { targets } = this.output(path);
    if (!targets.has(key)) targets.set(key, target);
  }

  private reportMissing(path: string, key: string): void {
    this.problems.push({
      path,
      key,
      code: 'missing_unit',
      message: `No script of the game has "${key}".`,
    });
  }

  /** @returns whether the translation cannot be written; if so, a problem is reported */
  private reportRefused(path: string, key: string, target: string): boolean {
    const source = this.translatedInSources.get(key);
    if (source !== undefined) {
      const message = `The game’s script ${source} already translates it, and scripts of the game are not changed.`;
      this.problems.push({ path, key, code: 'syntax', message });
    } else if (!isEncodable(target)) {
      this.problems.push({ path, ...unencodable(key) });
    } else {
      return false;
    }
    return true;
  }

  private outputOf(location: ScriptLocation): string {
    return this.folder + translationName(location, this.language);
  }

  private output(path: string): Output {
    let output = this.outputs.get(path);
    if (output === undefined) {
      output = { targets: new Map(), blocks: [], strings: [], hasText: false, lastSource: undefined };
      this.outputs.set(path, output);
    }
    return output;
  }
}
