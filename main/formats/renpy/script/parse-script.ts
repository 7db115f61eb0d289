import type { RenpyGame } from '../../define.ts';
import type { ScriptLine } from './blocks.ts';
import { Lexer, ParseFailure } from './lexer.ts';
import type { Node, SayNode } from './nodes.ts';
import { parseMenu } from './parse-menu.ts';
import { parseSay, readArguments } from './parse-say.ts';
import { parseTranslate } from './parse-translate.ts';
import { readStatement, statementTree, type StatementKind, type StatementTree } from './statements.ts';

/** A statement that could not be read. Each first word is reported once. */
export interface UnknownStatement {
  line: number;
  word: string;
  /** The block below it was skipped too. */
  block: boolean;
}

/** Reads the statements of a file into nodes. */
export class ScriptParser {
  readonly unknown: UnknownStatement[] = [];
  private failures = 0;
  /** The last label, which is the scene of the following lines. */
  scene: string | undefined;
  private readonly tree: StatementTree;

  constructor(readonly game: RenpyGame) {
    this.tree = statementTree(game);
  }

  parseFile(lines: readonly ScriptLine[]): Node[] {
    return this.parseBlock(this.lexer(lines));
  }

  lexer(lines: readonly ScriptLine[]): Lexer {
    return new Lexer(lines, {
      asciiFolding: this.game.asciiFolding,
      monologue: 'double',
      globalLabel: null,
    });
  }

  parseBlock(lexer: Lexer): Node[] {
    const nodes: Node[] = [];
    lexer.advance();
    while (!lexer.ended) {
      const { line } = lexer;
      try {
        nodes.push(...this.parseStatement(lexer));
        if (lexer.line === line) lexer.advance();
      } catch (error) {
        if (!(error instanceof ParseFailure)) throw error;
        nodes.push(...this.parseUnknown(lexer));
        lexer.advance();
      }
    }
    return nodes;
  }

  /** Afterwards, the lexer is on the statement's last line or on the line after it. */
  parseStatement(lexer: Lexer): Node[] {
    const kind = readStatement(lexer, this.tree);
    if (kind === null) lexer.fail('not a statement');
    if (kind !== 'say') return this.parseKnown(lexer, kind);
    const say = parseSay(lexer, this.scene);
    if (say === null) lexer.fail('not a statement');
    return say;
  }

  /** Reads a say statement from a line of text, such as a comment in a translation; null for other text. */
  parseSayLine(text: string): SayNode | null {
    const lexer = this.lexer([
      { number: 0, text, block: [], indent: 0, origin: { number: 0, text, pieces: [0, 0] } },
    ]);
    lexer.advance();
    try {
      const nodes = readStatement(lexer, this.tree) === 'say' ? parseSay(lexer, undefined) : null;
      const first = nodes?.[0];
      return first?.kind === 'say' ? first : null;
    } catch (error) {
      if (error instanceof ParseFailure) return null;
      throw error;
    }
  }

  private parseKnown(lexer: Lexer, kind: StatementKind): Node[] {
    switch (kind) {
      case 'opaque':
      case 'python':
        return [{ kind: 'other' }];
      case 'nothing':
        return [];
      case 'command':
        return [{ kind: 'command', line: lexer.current.number, code: lexer.current.text }];
      case 'script':
        return [{ kind: 'blocks', blocks: [this.parseBlock(lexer.blockLexer())] }];
      case 'while':
        lexer.delimitedPython(':');
        return [{ kind: 'blocks', blocks: [this.parseBlock(lexer.blockLexer())] }];
      case 'if':
        return [this.parseIf(lexer)];
      case 'menu':
        return parseMenu(this, lexer);
      case 'call':
        return this.parseCall(lexer);
      case 'label':
        return [this.parseLabel(lexer)];
      case 'init':
        return this.parseInit(lexer);
      case 'monologue':
        lexer.settings.monologue = lexer.keyword('double')
          ? 'double'
          : lexer.keyword('single')
            ? 'single'
            : lexer.keyword('none')
              ? 'none'
              : lexer.fail('expected double, single or none');
        return [];
      case 'translate':
        return parseTranslate(this, lexer);
    }
  }

  private parseIf(lexer: Lexer): Node {
    lexer.delimitedPython(':');
    const blocks = [this.parseBlock(lexer.blockLexer())];
    lexer.advance();
    while (!lexer.ended && lexer.keyword('elif')) {
      lexer.delimitedPython(':');
      blocks.push(this.parseBlock(lexer.blockLexer()));
      lexer.advance();
    }
    if (!lexer.ended && lexer.keyword('else')) {
      lexer.require(lexer.symbol(':'), 'a colon');
      blocks.push(this.parseBlock(lexer.blockLexer()));
      lexer.advance();
    }
    lexer.position = 0;
    return { kind: 'blocks', blocks };
  }

  private parseLabel(lexer: Lexer): Node {
    const name = lexer.labelName(true);
    if (name === null) return lexer.fail('expected a name');
    lexer.setGlobalLabel(name);
    readArguments(lexer);
    const hide = lexer.keyword('hide');
    lexer.require(lexer.symbol(':'), 'a colon');
    this.setScene(name);
    return { kind: 'label', name, hide, block: this.parseBlock(lexer.blockLexer()) };
  }

  /** Ignores labels that the engine or a tool generated. */
  setScene(label: string): void {
    if (!label.startsWith('_')) this.scene = label;
  }

  private parseCall(lexer: Lexer): Node[] {
    if (lexer.keyword('expression')) lexer.require(lexer.simpleExpression(), 'an expression');
    else lexer.require(lexer.labelName(false), 'a label');
    lexer.keyword('pass');
    readArguments(lexer);
    const nodes: Node[] = [{ kind: 'other' }];
    if (lexer.keyword('from')) {
      const name = lexer.labelName(true);
      if (name === null) return lexer.fail('expected a label');
      nodes.push({ kind: 'label', name, hide: false, block: [] });
    }
    return [...nodes, { kind: 'other' }];
  }

  private parseInit(lexer: Lexer): Node[] {
    lexer.integer();
    if (lexer.symbol(':')) return [{ kind: 'blocks', blocks: [this.parseBlock(lexer.blockLexer())] }];
    return [{ kind: 'blocks', blocks: [this.parseStatement(lexer)] }];
  }

  /**
   * Reads an unknown statement. Its block is read only if all of it is valid script with dialogue, because the file that
   * registers the statement may be missing.
   */
  private parseUnknown(lexer: Lexer): Node[] {
    const { current } = lexer;
    this.failures += 1;
    const word = /^[^\s:("']+/u.exec(current.text)?.[0] ?? current.text.slice(0, 20);
    const report = (block: boolean) => {
      if (!this.unknown.some((known) => known.word === word && known.block === block)) {
        this.unknown.push({ line: current.number, word, block });
      }
    };
    if (current.block.length === 0) {
      report(false);
      return [{ kind: 'other' }];
    }
    const { scene, failures } = this;
    const before = this.unknown.length;
    const block = this.parseBlock(lexer.blockLexer());
    if (this.failures === failures && block.some((node) => node.kind === 'say')) {
      return [{ kind: 'blocks', blocks: [block] }];
    }
    this.unknown.length = before;
    this.scene = scene;
    report(true);
    return [{ kind: 'other' }];
  }
}
