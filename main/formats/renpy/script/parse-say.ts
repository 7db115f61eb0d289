import { fileSpan, type ScriptLine } from './blocks.ts';
import { type Lexer, type StringText } from './lexer.ts';
import type { Node, SayNode, QuotedText } from './nodes.ts';

/** Reads a say statement: one node, or one for each paragraph of triple-quoted text. Null if the line is none. */
export function parseSay(lexer: Lexer, scene: string | undefined): Node[] | null {
  const { position } = lexer;
  const alone = lexer.strings();
  if (alone !== null) {
    const say = finishSay(lexer, alone, { who: null, attributes: null, temporary: null, scene });
    if (lexer.atEnd()) {
      lexer.expectNoBlock();
      return say;
    }
  }
  lexer.position = position;
  const spoken = speaker(lexer, false);
  const what = spoken.who === null ? null : lexer.strings();
  if (what === null) return null;
  const say = finishSay(lexer, what, { ...spoken, scene });
  lexer.expectEnd();
  lexer.expectNoBlock();
  return say;
}

/** The speaker's expression, and the image attributes after it. */
export function speaker(lexer: Lexer, operators: boolean): Pick<SayNode, 'who' | 'attributes' | 'temporary'> {
  const who = lexer.simpleExpression(operators);
  const attributes = imageAttributes(lexer);
  return { who, attributes, temporary: lexer.symbol('@') ? imageAttributes(lexer) : null };
}

function imageAttributes(lexer: Lexer): string[] | null {
  const attributes: string[] = [];
  for (;;) {
    const sign = lexer.symbol('-') ? '-' : '';
    const word = lexer.imageWord();
    if (word === null) return attributes.length > 0 ? attributes : null;
    attributes.push(sign + word);
  }
}

/** Reads what may follow the text: `nointeract`, `with`, `id` and arguments, in any order. */
export function finishSay(
  lexer: Lexer,
  texts: readonly StringText[],
  start: Pick<SayNode, 'who' | 'attributes' | 'temporary' | 'scene'>,
  interacts = true,
): Node[] {
  const line = lexer.current;
  const end: Pick<SayNode, 'interact' | 'identifier' | 'arguments' | 'transition'> = {
    interact: interacts,
    identifier: null,
    arguments: null,
    transition: null,
  };
  for (;;) {
    if (lexer.keyword('nointeract')) end.interact = false;
    else if (lexer.keyword('with')) {
      end.transition = lexer.simpleExpression();
      lexer.require(end.transition, 'a transition');
    } else if (lexer.keyword('id')) {
      end.identifier = lexer.name();
      lexer.require(end.identifier, 'a name');
    } else {
      const call = readArguments(lexer);
      if (call === null) break;
      end.arguments = call;
    }
  }
  return texts.map((text) => {
    if (text.inner && text.text === '{clear}') {
      // The engine clears the page here, but this is not part of the next line's translation.
      return { kind: 'other' };
    }
    return {
      kind: 'say',
      line: line.number,
      what: text.text,
      quoted: quotedText(line, text),
      ...start,
      ...end,
    };
  });
}

export function quotedText(line: ScriptLine, text: StringText): QuotedText {
  return { span: fileSpan(line, text.from, text.to), quoting: text.quoting, inner: text.inner };
}

/** Call arguments in canonical form, `(a, b=1)`; null if there are none. */
export function readArguments(lexer: Lexer): string | null {
  if (!lexer.symbol('(')) return null;
  const args: string[] = [];
  for (;;) {
    if (lexer.symbol(')')) break;
    const stars = lexer.symbol('**') ? '**' : lexer.symbol('*') ? '*' : '';
    let prefix = stars;
    const { position } = lexer;
    if (stars === '') {
      const name = lexer.name();
      if (name !== null && lexer.symbol('=')) prefix = `${name}=`;
      else lexer.position = position;
    }
    lexer.skipSpaces();
    args.push(prefix + lexer.delimitedPython('),'));
    if (lexer.symbol(')')) break;
    if (!lexer.symbol(',')) lexer.fail('expected a comma');
  }
  return `(${args.join(', ')})`;
}
