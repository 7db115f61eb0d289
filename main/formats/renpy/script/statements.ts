import type { RenpyGame } from '../../define.ts';
import type { Lexer } from './lexer.ts';

/**
 * How to read a statement. `opaque`: the block below it is not script, so only marked texts (`_()`) are read there.
 * `nothing`: the statement makes no node, so a voice command before it still belongs to the next line of dialogue.
 */
export type StatementKind =
  | 'opaque'
  | 'python'
  | 'command'
  | 'script'
  | 'if'
  | 'while'
  | 'menu'
  | 'call'
  | 'label'
  | 'init'
  | 'nothing'
  | 'monologue'
  | 'translate';

const KINDS: Readonly<Record<Exclude<StatementKind, 'script'>, readonly string[]>> = {
  opaque: [
    'pass',
    'return',
    'jump',
    'scene',
    'show',
    'show layer',
    'show screen',
    'hide',
    'hide screen',
    'call screen',
    'camera',
    'with',
    'image',
    'define',
    'default',
    'transform',
    'screen',
    'style',
    'testcase',
    'testsuite',
    'rpy python',
    'layeredimage',
    'play',
    'play music',
    'play sound',
    'queue',
    'queue music',
    'queue sound',
    'stop',
    'stop music',
    'stop sound',
    'pause',
    'window show',
    'window hide',
    'window auto',
    'nvl show',
    'nvl hide',
  ],
  python: ['$', 'python'],
  command: ['voice', 'voice sustain', 'nvl clear'],
  if: ['if'],
  while: ['while'],
  menu: ['menu'],
  call: ['call'],
  label: ['label', 'init label'],
  init: ['init'],
  nothing: ['init offset'],
  monologue: ['rpy monologue'],
  translate: ['translate'],
};

export interface StatementTree {
  kind: StatementKind | null;
  next: Map<string, StatementTree>;
}

/** The first words of all statements, as a tree. Like the engine, `readStatement` uses the longest match. */
export function statementTree(game: RenpyGame): StatementTree {
  const root: StatementTree = { kind: null, next: new Map() };
  const add = (name: string, kind: StatementKind) => {
    let tree = root;
    for (const word of name.split(' ')) {
      let below = tree.next.get(word);
      if (below === undefined) tree.next.set(word, (below = { kind: null, next: new Map() }));
      tree = below;
    }
    tree.kind = kind;
  };
  for (const [kind, names] of Object.entries(KINDS)) {
    for (const name of names) add(name, kind as StatementKind);
  }
  for (const [name, { script, translatable }] of Object.entries(game.statements)) {
    add(name, translatable ? 'command' : script ? 'script' : 'opaque');
  }
  return root;
}

/** Moves past the words of a statement. `say`: the line begins with no known statement. Null: the statement is invalid. */
export function readStatement(lexer: Lexer, tree: StatementTree): StatementKind | 'say' | null {
  let current = tree;
  for (;;) {
    const { position } = lexer;
    const word = lexer.word() ?? (lexer.symbol('$') ? '$' : null);
    const next = word === null ? undefined : current.next.get(word);
    if (next === undefined) {
      lexer.position = position;
      return current === tree ? 'say' : current.kind;
    }
    current = next;
  }
}
