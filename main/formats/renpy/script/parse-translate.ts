import { fileSpan, type ScriptLine } from './blocks.ts';
import type { Lexer } from './lexer.ts';
import type { Node, StringPair } from './nodes.ts';
import type { ScriptParser } from './parse-script.ts';
import { pythonText } from './python-text.ts';
import { strip } from './spaces.ts';

/** Reads a `translate language …` statement: dialogue, strings, Python or styles. */
export function parseTranslate(parser: ScriptParser, lexer: Lexer): Node[] {
  const { number } = lexer.current;
  const name = lexer.name();
  const identifier = lexer.hash();
  if (name === null || identifier === null) return lexer.fail('expected a language and an identifier');
  const language = name === 'None' ? null : name;
  if (identifier === 'python' || identifier === 'style') return [{ kind: 'translateCode', language }];
  lexer.require(lexer.symbol(':'), 'a colon');
  if (identifier === 'strings') {
    return [{ kind: 'strings', line: number, language, pairs: parsePairs(lexer.blockLexer()) }];
  }
  const lastLine = lastLineOf(lexer.current);
  const block = parser.parseBlock(lexer.blockLexer());
  return [{ kind: 'translate', line: number, lastLine, language, identifier, block }];
}

function parsePairs(lexer: Lexer): StringPair[] {
  const pairs: StringPair[] = [];
  let old: { line: number; value: string | null } | null = null;
  while (lexer.advance()) {
    const { current } = lexer;
    if (lexer.keyword('old')) {
      old = { line: current.number, value: pythonText(current.text.slice(lexer.position)) };
    } else if (lexer.keyword('new') && old !== null) {
      lexer.skipSpaces();
      const expression = strip(current.text.slice(lexer.position));
      const span = fileSpan(current, lexer.position, lexer.position + expression.length);
      pairs.push({ line: old.line, old: old.value, new: { span, expression } });
      old = null;
    }
  }
  return pairs;
}

/** The number of the last line of a statement, including its block. */
function lastLineOf(line: ScriptLine): number {
  const last = line.block.at(-1);
  if (last !== undefined) return lastLineOf(last);
  return line.number + (line.text.split('\n').length - 1);
}
