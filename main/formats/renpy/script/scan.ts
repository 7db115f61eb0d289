import { fileFault } from '../../file-fault.ts';
import { fileWarning, type FileWarning } from '../../file-warning.ts';
import { FormatError, type FormatOptions, type RenpyGame } from '../../define.ts';
import { groupLines } from './blocks.ts';
import { logicalLines, type CommentLine, type LogicalLine } from './logical-lines.ts';
import type { Node } from './nodes.ts';
import { ScriptParser, type UnknownStatement } from './parse-script.ts';
import { decodeScript, type DecodedScript } from './utf8.ts';

/** The settings of a game if its files do not change them. */
export const DEFAULT_GAME: RenpyGame = {
  statements: {},
  taken: {},
  sayOnlyIdentifiers: false,
  percentSubstitution: true,
  asciiFolding: false,
  privateNamesInText: false,
};

/** A parsed script. */
export interface ScannedScript extends DecodedScript {
  path: string;
  lines: LogicalLine[];
  comments: CommentLine[];
  nodes: Node[];
  unknown: UnknownStatement[];
  parser: ScriptParser;
}

/** @throws FormatError for a compiled file, and for invalid bytes, tabs, quotes, brackets and indentation */
export function scanScript(bytes: Uint8Array, path: string, options: FormatOptions = {}): ScannedScript {
  if (/\.(?:rpyc|rpymc|rpa|rpyb)$/u.test(path)) {
    const message = `${path} is compiled or packed. Ask for the game's .rpy scripts, or unpack them with a tool of your choice first.`;
    throw new FormatError(fileFault('renpy_compiled', { path }, message));
  }
  const decoded = decodeScript(bytes);
  const game = options.renpy ?? DEFAULT_GAME;
  const { lines, comments } = logicalLines(decoded.text, path, game.privateNamesInText);
  const parser = new ScriptParser(game);
  const nodes = parser.parseFile(groupLines(lines));
  return { ...decoded, path, lines, comments, nodes, unknown: parser.unknown, parser };
}

export function unknownWarnings(script: ScannedScript): FileWarning[] {
  return script.unknown.map(({ line, word, block }) =>
    fileWarning(
      'unknown_statement',
      { line, word, block },
      block
        ? `Line ${line}: "${word}" is not a statement of Ren'Py. What is below it was not read as script.`
        : `Line ${line}: "${word}" is not a statement of Ren'Py. It was skipped.`,
    ),
  );
}
