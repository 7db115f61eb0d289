import { nodeCode, type TranslationBlock } from '../texts/identifiers.ts';
import { sayCode } from '../script/nodes.ts';
import { elidedPath, type ScriptLocation } from './paths.ts';
import { quotePython } from '../script/python-text.ts';
import { doublePercent, quoteSayText } from '../script/say-text.ts';

export interface TranslatedString {
  location: ScriptLocation;
  line: number;
  old: string;
  new: string;
}

/**
 * A `translate` block as Ren'Py writes it: the statements as comments, then the translated statements.
 * @param target null if the block has no text; its statements are then repeated unchanged
 */
export function blockText(
  location: ScriptLocation,
  language: string,
  block: TranslationBlock,
  target: string | null,
  percentSubstitution: boolean,
): string {
  const text = target === null || !percentSubstitution ? target : doublePercent(target);
  const lines = [
    `# ${elidedPath(location)}:${block.line}`,
    `translate ${language} ${block.identifier}:`,
    '',
    ...block.nodes.map((node) => `    # ${nodeCode(node).replaceAll('\n', '\n    # ')}`),
    ...block.nodes.map((node) =>
      node.kind === 'say' && text !== null
        ? `    ${sayCode(node, `"${quoteSayText(text, '"')}"`)}`
        : `    ${nodeCode(node)}`,
    ),
  ];
  return `${lines.join('\n')}\n\n`;
}

/** The `strings` block of a file; empty if there are no strings. */
export function stringsText(language: string, strings: readonly TranslatedString[]): string {
  if (strings.length === 0) return '';
  const pairs = strings.map(
    ({ location, line, old, new: written }) =>
      `    # ${elidedPath(location)}:${line}\n    old "${quotePython(old)}"\n    new "${quotePython(written)}"\n\n`,
  );
  return `translate ${language} strings:\n\n${pairs.join('')}`;
}
