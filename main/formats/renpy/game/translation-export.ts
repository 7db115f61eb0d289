import type { FormatOptions, NewFile, WriteProblem } from '../../define.ts';
import { stringKey, type FoundText } from '../texts/found-text.ts';
import type { TranslationBlock } from '../texts/identifiers.ts';
import { translationName, type ScriptPlace } from './paths.ts';
import { readTranslation } from '../texts/read-translation.ts';
import { speechIn, type SourceTexts } from '../texts/read-source.ts';
import { DEFAULT_GAME, type ScannedScript } from '../script/scan.ts';
import { chooseStrings } from './string-owners.ts';
import { blockText, stringsText, type TranslatedString } from './translation-text.ts';
import { encodeScript, isEncodable } from '../script/utf8.ts';
import { unencodable, writeScript } from '../texts/write-script.ts';

export interface SourceOfTexts {
  path: string;
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

/** Collects the translations of a game into files, first what exists, then dialogue, then strings. */
export class TranslationExport {
  private readonly outputs = new Map<string, Output>();
  /** Where a key is translated already. */
  private readonly translated = new Map<string, Output>();
  /** Where a key is translated outside of the language's folder. */
  private readonly elsewhere = new Map<string, string>();
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

  /** Translations that stand in a script of the game count, but the script is not changed. */
  addElsewhere(path: string, found: readonly FoundText[]): void {
    for (const { unit } of found) if (!this.translated.has(unit.key)) this.elsewhere.set(unit.key, path);
  }

  addBlocks({ path, place, texts }: SourceOfTexts): void {
    // The default language's dialogue is the source itself.
    if (this.language === 'None' || place.kind === 'common') return;
    for (const block of texts.blocks) {
      const target = this.targetOf(path, block.identifier);
      const known = [block.identifier, block.alternate].find(
        (name) => name !== null && this.translated.has(name),
      );
      if (known === undefined || known === null) {
        this.addBlock(place, path, block, target);
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
    const say = speechIn(block);
    // Voice and nvl commands without a text are translated by repeating them, as Ren'Py does.
    if (say !== null && (target === undefined || this.refused(path, block.identifier, target))) return;
    if (say === null && this.elsewhere.has(block.identifier)) return;
    const output = this.output(this.folder + translationName(place, this.language));
    const percent = (this.settings.renpy ?? DEFAULT_GAME).percentSubstitution;
    if (say !== null) output.hasText = true;
    output.blocks.push(blockText(place, this.language, block, say === null ? null : target!, percent));
  }

  addStrings(sources: readonly SourceOfTexts[]): void {
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
    const elsewhere = this.elsewhere.get(key);
    if (elsewhere !== undefined) {
      const message = `${elsewhere} translates it, a script of the game, which was left as it is.`;
      this.problems.push({ path, key, code: 'syntax', message });
    } else if (!isEncodable(target)) {
      this.problems.push({ path, ...unencodable(key) });
    } else {
      return false;
    }
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
