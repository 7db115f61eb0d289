import { fileWarning, type FileWarning } from '../../file-warning.ts';
import type { FormatOptions, Unit } from '../../define.ts';
import {
  choiceOccurrence,
  choiceText,
  pythonOccurrence,
  sayOccurrence,
  stringKey,
  type ScriptText,
  type Occurrence,
} from './script-text.ts';
import { translationBlocks, type TranslationBlock } from './identifiers.ts';
import type { MenuNode, Node, SayNode } from '../script/nodes.ts';
import { MAX_PRIORITY, locateScript, stringPriority } from '../game/paths.ts';
import { DEFAULT_GAME, type ScannedScript } from '../script/scan.ts';
import { charactersOf, resolveNames, SpeakerNames } from './speakers.ts';
import { textCalls } from './text-calls.ts';

/** The texts of a script that Ren'Py can translate. */
export interface SourceTexts {
  blocks: TranslationBlock[];
  strings: { line: number; text: string; scene: string | undefined; occurrence: Occurrence }[];
}

/** @param taken identifiers of files that the engine loads earlier; default: the result of `survey` */
export function sourceTexts(script: ScannedScript, options: FormatOptions, taken?: Set<string>): SourceTexts {
  const location = locateScript(script.path);
  if (location.kind === 'translation' || stringPriority(location) > MAX_PRIORITY)
    return { blocks: [], strings: [] };
  const game = options.renpy ?? DEFAULT_GAME;
  const calls = textCalls(script.lines).map(({ line, text, span, quote }) => ({
    line,
    text,
    scene: undefined,
    occurrence: pythonOccurrence(span, quote),
  }));
  // Modules run only if the game loads them, so their dialogue is not read.
  if (script.path.endsWith('.rpym')) return { blocks: [], strings: calls };
  const choices = menusOf(script.nodes).flatMap(({ line, items, scene }) =>
    items
      .filter(({ text }) => text !== '')
      .map((item) => ({
        line,
        text: choiceText(item.text, game.percentSubstitution),
        scene,
        occurrence: choiceOccurrence(item.quoted, game.percentSubstitution),
      })),
  );
  const names = taken ?? new Set(game.taken[script.path]);
  // The engine's own scripts have no dialogue.
  const blocks =
    location.kind === 'common' ? [] : translationBlocks(script.nodes, game.sayOnlyIdentifiers, names);
  return { blocks, strings: [...choices, ...calls] };
}

/** The say statement of a block; null if the block has no text. */
export function speechIn(block: TranslationBlock): SayNode | null {
  const last = block.nodes.at(-1)!;
  return last.kind === 'say' && last.what !== '' ? last : null;
}

/** The units of a script, in the order of the file. */
export function readSource(
  script: ScannedScript,
  options: FormatOptions,
): { texts: ScriptText[]; warnings: FileWarning[] } {
  const { blocks, strings } = sourceTexts(script, options);
  const percent = (options.renpy ?? DEFAULT_GAME).percentSubstitution;
  const names = new SpeakerNames({ ...resolveNames(charactersOf(script.lines)), ...options.speakers });
  const texts: ScriptText[] = [];
  const warnings: FileWarning[] = [];
  const identifiers = new Set<string>();
  for (const block of blocks) {
    const say = speechIn(block);
    if (say === null) continue;
    if (identifiers.has(block.identifier)) {
      warnings.push(
        fileWarning(
          'id_twice',
          { line: block.line, id: block.identifier },
          `Line ${block.line}: the id "${block.identifier}" occurs twice, which the engine rejects. The second line was skipped.`,
        ),
      );
      continue;
    }
    identifiers.add(block.identifier);
    const unit: Unit = { key: block.identifier, source: say.what };
    const speaker = names.of(say.who);
    if (speaker !== undefined) unit.speaker = speaker;
    if (say.scene !== undefined) unit.scene = say.scene;
    if (block.alternate !== null) unit.aliases = [block.alternate];
    texts.push({ unit, occurrences: [sayOccurrence(say.quoted, percent)] });
  }
  const byText = new Map<string, ScriptText>();
  for (const { text, scene, occurrence } of strings) {
    const known = byText.get(text);
    if (known !== undefined) {
      known.occurrences.push(occurrence);
      continue;
    }
    const unit: Unit = { key: stringKey(text), source: text };
    if (scene !== undefined) unit.scene = scene;
    const entry: ScriptText = { unit, occurrences: [occurrence] };
    byText.set(text, entry);
    texts.push(entry);
  }
  for (const { occurrences } of texts) occurrences.sort((a, b) => a.span.from - b.span.from);
  texts.sort((a, b) => a.occurrences[0]!.span.from - b.occurrences[0]!.span.from);
  return { texts, warnings };
}

function menusOf(nodes: readonly Node[]): MenuNode[] {
  return nodes.flatMap((node): MenuNode[] => {
    if (node.kind === 'menu') {
      return [node, ...menusOf(node.items.flatMap(({ block }) => block ?? []))];
    }
    if (node.kind === 'label') return menusOf(node.block);
    return node.kind === 'blocks' ? node.blocks.flatMap(menusOf) : [];
  });
}
