import { hash } from 'node:crypto';
import { sayCode, type CommandNode, type Node, type SayNode } from '../script/nodes.ts';

/** The unit of Ren'Py's translations: a say statement, and the voice and nvl commands before it. */
export interface TranslationBlock {
  identifier: string;
  /** The second identifier, if a generated label or an `id` clause gives the block two. */
  alternate: string | null;
  nodes: (SayNode | CommandNode)[];
  /** The line of the first statement. */
  line: number;
}

/**
 * Groups statements and gives each group the identifier of `renpy translate`: the label and eight digits of the MD5 of
 * the canonical code, with `_1`, `_2` … for repetitions.
 * @param sayOnly see `RenpyGame.sayOnlyIdentifiers`
 * @param taken identifiers of files that the engine loads earlier; this file's identifiers are added
 */
export function translationBlocks(
  nodes: readonly Node[],
  sayOnly: boolean,
  taken: Set<string>,
): TranslationBlock[] {
  const namer = new Namer(sayOnly, taken);
  namer.visit(nodes);
  // Groups are named in the engine's order (see `visit`), but returned in the order of the file.
  return namer.blocks.sort((a, b) => a.line - b.line);
}

export function nodeCode(node: SayNode | CommandNode): string {
  return node.kind === 'say' ? sayCode(node) : node.code;
}

class Namer {
  readonly blocks: TranslationBlock[] = [];
  private label: string | null = null;
  private alternate: string | null = null;

  constructor(
    private readonly sayOnly: boolean,
    private readonly taken: Set<string>,
  ) {}

  visit(nodes: readonly Node[]): void {
    let group: (SayNode | CommandNode)[] = [];
    const close = () => {
      if (group.length > 0) this.name(group);
      group = [];
    };
    for (const node of nodes) {
      if (node.kind === 'label' && !node.hide) {
        if (node.name.startsWith('_')) {
          this.alternate = node.name;
        } else {
          this.label = node.name;
          this.alternate = null;
        }
      }
      // As in the engine, the blocks below a statement are named before the group that the statement ends.
      for (const block of blocksOf(node)) this.visit(block);
      if (node.kind === 'say' || node.kind === 'command') group.push(node);
      if (node.kind !== 'command') close();
    }
    close();
  }

  private name(nodes: (SayNode | CommandNode)[]): void {
    const code = nodes
      .filter((node) => !this.sayOnly || node.kind === 'say')
      .map((node) => `${nodeCode(node)}\r\n`)
      .join('');
    const digest = hash('md5', code, 'hex').slice(0, 8);
    const unique = this.unique(this.label, digest);
    const last = nodes.at(-1)!;
    const explicit = last.kind === 'say' ? last.identifier : null;
    let alternate: string | null = null;
    if (this.alternate !== null) alternate = this.unique(this.alternate, digest);
    else if (explicit !== null) alternate = unique;
    const identifier = explicit ?? unique;
    this.taken.add(identifier);
    if (alternate !== null) this.taken.add(alternate);
    this.blocks.push({
      identifier: identifier.replaceAll('.', '_'),
      alternate,
      nodes,
      line: nodes[0]!.line,
    });
  }

  private unique(label: string | null, digest: string): string {
    const base = label === null ? digest : `${label.replaceAll('.', '_')}_${digest}`;
    let name = base;
    for (let count = 1; this.taken.has(name); count += 1) name = `${base}_${count}`;
    return name;
  }
}

function blocksOf(node: Node): readonly (readonly Node[])[] {
  if (node.kind === 'label') return [node.block];
  if (node.kind === 'blocks') return node.blocks;
  return node.kind === 'menu' ? node.items.flatMap(({ block }) => (block === null ? [] : [block])) : [];
}
