import type { Lexer } from './lexer.ts';
import type { MenuItem, Node } from './nodes.ts';
import type { ScriptParser } from './parse-script.ts';
import { finishSay, readArguments, speaker, quotedText } from './parse-say.ts';

/** Reads a menu: its label, the line of dialogue that is shown with it, and its captions and choices. */
export function parseMenu(parser: ScriptParser, lexer: Lexer): Node[] {
  const { number } = lexer.current;
  const nodes: Node[] = [];
  const label = lexer.labelName(true);
  if (label !== null) {
    lexer.setGlobalLabel(label);
    parser.setScene(label);
    nodes.push({ kind: 'label', name: label, hide: false, block: [] });
  }
  readArguments(lexer);
  lexer.require(lexer.symbol(':'), 'a colon');
  const { scene } = parser;
  const items: MenuItem[] = [];
  const inner = lexer.blockLexer();
  while (inner.advance()) {
    if (inner.keyword('with') || inner.keyword('set')) {
      lexer.require(inner.simpleExpression(), 'an expression');
      continue;
    }
    inner.position = 0;
    const spoken = speaker(inner, true);
    const what = spoken.who === null ? null : inner.strings();
    if (what !== null) {
      nodes.push(...finishSay(inner, what, { ...spoken, scene }, false));
      inner.expectEnd();
      continue;
    }
    inner.position = 0;
    items.push(parseItem(parser, inner));
  }
  nodes.push({ kind: 'menu', line: number, items, scene });
  return nodes;
}

function parseItem(parser: ScriptParser, lexer: Lexer): MenuItem {
  const text = lexer.string();
  if (text === null) return lexer.fail('expected a choice');
  const item = { text: text.text, quoted: quotedText(lexer.current, text) };
  if (lexer.atEnd()) return { ...item, block: null };
  readArguments(lexer);
  if (lexer.keyword('if')) lexer.delimitedPython(':');
  lexer.require(lexer.symbol(':'), 'a colon');
  return { ...item, block: parser.parseBlock(lexer.blockLexer()) };
}
