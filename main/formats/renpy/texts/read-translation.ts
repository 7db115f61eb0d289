import { fileWarning, type FileWarning } from '../../file-warning.ts';
import type { FormatOptions, Unit } from '../../define.ts';
import { pythonOccurrence, sayOccurrence, stringKey, type ScriptText } from './script-text.ts';
import type { Node, SayNode, StringsNode, TranslateNode } from '../script/nodes.ts';
import { locateScript } from '../game/paths.ts';
import { pythonLiteral, pythonText } from '../script/python-text.ts';
import { DEFAULT_GAME, type ScannedScript } from '../script/scan.ts';
import { strip } from '../script/spaces.ts';
import { SpeakerNames } from './speakers.ts';

export interface TranslationTexts {
  texts: ScriptText[];
  warnings: FileWarning[];
}

/** The language of a file: the chosen one, else its folder's, else the first language in the file. */
function languageOf(script: ScannedScript, options: FormatOptions): string | null {
  if (options.targetLanguage !== undefined) return options.targetLanguage;
  const location = locateScript(script.path);
  if (location.kind === 'translation') return location.language;
  for (const node of translatesIn(script.nodes)) if (node.language !== null) return node.language;
  return null;
}

/** The translations in a file into one language. */
export function readTranslation(script: ScannedScript, options: FormatOptions): TranslationTexts {
  const wanted = languageOf(script, options);
  const language = wanted === 'None' ? null : wanted;
  const result: TranslationTexts = { texts: [], warnings: [] };
  if (wanted === null) return result;
  const keys = new Set<string>();
  const add = (text: ScriptText, line: number) => {
    if (keys.has(text.unit.key)) {
      result.warnings.push(
        fileWarning(
          'translated_twice',
          { line, key: text.unit.key },
          `Line ${line}: "${text.unit.key}" is translated twice. The first translation is used.`,
        ),
      );
      return;
    }
    keys.add(text.unit.key);
    result.texts.push(text);
  };
  const names = new SpeakerNames(options.speakers ?? {});
  const percent = (options.renpy ?? DEFAULT_GAME).percentSubstitution;
  const others = new Set<string>();
  for (const node of translatesIn(script.nodes)) {
    if (node.language !== language) {
      if (node.language !== null) others.add(node.language);
    } else if (node.kind === 'translate') {
      add(readBlock(script, node, names, percent), node.line);
    } else {
      readStrings(node, add, result.warnings);
    }
  }
  for (const other of others) {
    result.warnings.push(
      fileWarning(
        'other_language',
        { other, wanted },
        `Translations into "${other}" in this file were skipped: the language is "${wanted}".`,
      ),
    );
  }
  return result;
}

function readBlock(
  script: ScannedScript,
  node: TranslateNode,
  names: SpeakerNames,
  percent: boolean,
): ScriptText {
  const says = saysIn(node.block);
  const [say] = says;
  const source = sourceOf(script, node, say?.who ?? null);
  const unit: Unit = { key: node.identifier, source: source?.what ?? '' };
  const speaker = names.of((source ?? say)?.who ?? null);
  if (speaker !== undefined) unit.speaker = speaker;
  const scene = /^(.+)_[0-9a-f]{8}(?:_\d+)?$/u.exec(node.identifier)?.[1];
  if (scene !== undefined) unit.scene = scene;
  const target = says.map(({ what }) => what).join('\n');
  if (target !== '' && target !== unit.source) unit.target = target;
  if (say !== undefined && says.length === 1 && node.block.includes(say)) {
    return { unit, occurrences: [sayOccurrence(say.quoted, percent)] };
  }
  unit.readOnly =
    says.length > 1
      ? `Line ${node.line}: the block was edited by hand and has ${says.length} lines of dialogue.`
      : `Line ${node.line}: the block was edited by hand.`;
  const span =
    say === undefined ? { from: 0, to: 0 } : { from: say.quoted.span.from, to: says.at(-1)!.quoted.span.to };
  return { unit, occurrences: [{ span, write: () => target }] };
}

/** The source line, from the comments of the block. */
function sourceOf(script: ScannedScript, node: TranslateNode, who: string | null): SayNode | null {
  const lines = commentsBetween(script.comments, node.line, node.lastLine)
    .map(({ text }) => strip(text))
    .filter((text) => text !== '')
    .flatMap((text) => script.parser.parseSayLine(text) ?? []);
  // A translator's note that looks like dialogue usually has another speaker.
  return lines.find((line) => line.who === who) ?? lines[0] ?? null;
}

/** @param comments in the order of the file */
function commentsBetween(
  comments: ScannedScript['comments'],
  from: number,
  to: number,
): ScannedScript['comments'] {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comments[middle]!.number <= from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < comments.length && comments[end]!.number <= to) end += 1;
  return comments.slice(low, end);
}

function readStrings(
  node: StringsNode,
  add: (text: ScriptText, line: number) => void,
  warnings: FileWarning[],
): void {
  for (const { line, old, new: written } of node.pairs) {
    if (old === null) {
      const message = `Line ${line}: the text after "old" is computed, so it was skipped.`;
      warnings.push(fileWarning('old_computed', { line }, message));
      continue;
    }
    const unit: Unit = { key: stringKey(old), source: old };
    const target = pythonText(written.expression);
    if (target === null) unit.readOnly = `Line ${line}: the translation is computed.`;
    else if (target !== '' && target !== old) unit.target = target;
    const quote = pythonLiteral(written.expression, 0)?.quote ?? '"';
    add({ unit, occurrences: [pythonOccurrence(written.span, quote)] }, line);
  }
}

function saysIn(nodes: readonly Node[]): SayNode[] {
  return nodes.flatMap((node): SayNode[] => {
    if (node.kind === 'say') return [node];
    if (node.kind === 'blocks') return node.blocks.flatMap(saysIn);
    if (node.kind === 'label') return saysIn(node.block);
    return node.kind === 'menu' ? saysIn(node.items.flatMap(({ block }) => block ?? [])) : [];
  });
}

function translatesIn(nodes: readonly Node[]): (TranslateNode | StringsNode)[] {
  return nodes.flatMap((node): (TranslateNode | StringsNode)[] => {
    if (node.kind === 'translate' || node.kind === 'strings') return [node];
    if (node.kind === 'blocks') return node.blocks.flatMap(translatesIn);
    return node.kind === 'label' ? translatesIn(node.block) : [];
  });
}
